package dev.holdfast.jdk;

import dev.holdfast.core.internal.call.CallEngine;
import dev.holdfast.core.internal.call.EngineServiceClient;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Calls without the JDK client's types. */
final class JdkServiceClient extends EngineServiceClient {
    private final HoldfastHttpClient client;

    JdkServiceClient(HoldfastHttpClient client, CallEngine engine) {
        super(engine);
        this.client = client;
    }

    @Override
    protected <T> CompletableFuture<T> call(Message message, Function<ResponseView, T> reader) {
        BodyPublisher body = message.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(message.body());
        HttpRequest.Builder request = HttpRequest.newBuilder(message.url()).method(message.method(), body);
        message.headers().forEach(request::setHeader);
        if (message.contentType() != null) {
            request.setHeader("Content-Type", message.contentType());
        }
        AtomicReference<T> wanted = new AtomicReference<>();
        JdkCall<byte[]> call = client.reading(
                request.build(),
                info -> new BoundedBody(),
                (reply, bytes) -> wanted.set(read(reader, answer(reply.info(), bytes))));
        return call.sendAsync().thenApply(answered -> wanted.get());
    }

    private static ResponseView answer(ResponseInfo info, byte[] body) {
        return ResponseView.of(
                info.statusCode(), HeaderFields.of(info.headers().map()), body, body.length < ResponseView.BODY_LIMIT);
    }
}
