package dev.holdfast.okhttp;

import dev.holdfast.core.internal.call.ResilientCall;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the end of a call to the caller's callback, as OkHttp does it: an IOException that the callback throws is logged. */
record CallbackCompletion(Call call, Callback callback) implements ResilientCall.Completion<Response> {
    private static final Logger LOG = LoggerFactory.getLogger(CallbackCompletion.class);

    @Override
    public void onResponse(Response response) {
        try {
            callback.onResponse(call, response);
        } catch (IOException e) {
            LOG.info(
                    "The callback of {} threw {}",
                    call.request().method(),
                    e.getClass().getName());
        }
    }

    @Override
    public void onFailure(Throwable thrown) {
        callback.onFailure(call, thrown instanceof IOException e ? e : new IOException(thrown));
    }
}
