package dev.holdfast.okhttp;

import dev.holdfast.core.call.Port;
import dev.holdfast.core.call.Received;
import java.io.IOException;
import java.util.function.IntPredicate;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;

/** One attempt: one call of the derived client. */
record OkHttpExchange(Call call, IntPredicate inspects) implements Port.Exchange<Response> {

    @Override
    public Received<Response> execute() throws IOException {
        return received(call.execute());
    }

    @Override
    public void enqueue(Port.Receiver<Response> receiver) {
        call.enqueue(new Callback() {
            @Override
            public void onResponse(Call ended, Response response) {
                Received<Response> received;
                try {
                    received = received(response);
                } catch (RuntimeException e) {
                    response.close();
                    receiver.onFault(e);
                    return;
                }
                receiver.onReceived(received);
            }

            @Override
            public void onFailure(Call ended, IOException fault) {
                receiver.onFault(fault);
            }
        });
    }

    private Received<Response> received(Response raw) {
        Response response = RetryAfterShield.restored(raw);
        int status = response.code();
        return inspects.test(status) ? BodyView.peek(response) : new Received<>(response, status, null);
    }

    @Override
    public void cancel() {
        call.cancel();
    }

    @Override
    public boolean isCanceled() {
        return call.isCanceled();
    }
}
