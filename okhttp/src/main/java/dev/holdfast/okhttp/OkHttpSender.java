package dev.holdfast.okhttp;

import dev.holdfast.core.call.CallEngine;
import dev.holdfast.core.call.EngineSender;
import dev.holdfast.core.error.Answer;
import dev.holdfast.core.error.HeaderFields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
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
final class OkHttpSender extends EngineSender {
    private static final RequestBody EMPTY = RequestBody.create(new byte[0]);

    private final Call.Factory calls;

    OkHttpSender(OkHttpClient client, CallEngine engine) {
        super(engine);
        this.calls = new HoldfastCallFactory(client, engine);
    }

    @Override
    public CompletableFuture<Answer> send(Message message) {
        Request.Builder request = new Request.Builder()
                .url(HttpUrl.get(message.url().toString()))
                .method(message.method(), body(message));
        message.headers().forEach(request::header);
        return CallFuture.read(calls.newCall(request.build()), OkHttpSender::answer);
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

    private static Answer answer(Response response) throws IOException {
        BufferedSource source = response.body().source();
        boolean more = source.request(Answer.BODY_LIMIT + 1L);
        byte[] bytes = source.getBuffer()
                .readByteArray(Math.min(Answer.BODY_LIMIT, source.getBuffer().size()));
        return Answer.of(response.code(), HeaderFields.of(response.headers().toMultimap()), bytes, !more);
    }
}
