package dev.holdfast.okhttp;

import dev.holdfast.core.internal.call.CallEngine;
import dev.holdfast.core.internal.call.EngineServiceClient;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** Calls without OkHttp's types. */
final class OkHttpServiceClient extends EngineServiceClient {
    private static final RequestBody EMPTY = RequestBody.create(new byte[0]);

    private final Call.Factory calls;

    OkHttpServiceClient(OkHttpClient client, CallEngine engine) {
        super(engine);
        this.calls = new HoldfastCallFactory(client, engine);
    }

    @Override
    protected <T> CompletableFuture<T> call(Message message, Function<ResponseView, T> reader) {
        Request.Builder request = new Request.Builder()
                .url(HttpUrl.get(message.url().toString()))
                .method(message.method(), body(message));
        message.headers().forEach(request::header);
        return CallFuture.read(calls.newCall(request.build()), response -> read(reader, answer(response)));
    }

    private static @Nullable RequestBody body(Message message) {
        String text = message.body();
        if (text != null) {
            MediaType type = message.contentType() == null ? null : MediaType.get(message.contentType());
            return RequestBody.create(text.getBytes(StandardCharsets.UTF_8), type);
        }
        return switch (message.method()) {
            case "POST", "PUT", "PATCH" -> EMPTY;
            default -> null;
        };
    }

    private static ResponseView answer(Response response) throws IOException {
        BufferedSource source = response.body().source();
        boolean more = WireLimit.within(() -> source.request(ResponseView.BODY_LIMIT + 1L));
        byte[] bytes = source.getBuffer()
                .readByteArray(
                        Math.min(ResponseView.BODY_LIMIT, source.getBuffer().size()));
        return ResponseView.of(
                response.code(), HeaderFields.of(response.headers().toMultimap()), bytes, !more);
    }
}
