package dev.holdfast.jdk;

import dev.holdfast.core.internal.call.CallEngine;
import dev.holdfast.core.internal.call.EngineServiceClient;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.ServiceException;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

/** Calls without the JDK client's types. */
final class JdkServiceClient extends EngineServiceClient {
    private final HoldfastHttpClient client;

    JdkServiceClient(HoldfastHttpClient client, CallEngine engine) {
        super(engine);
        this.client = client;
    }

    @Override
    public CompletableFuture<ResponseView> send(Message message) {
        BodyPublisher body = message.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(message.body());
        HttpRequest.Builder request = HttpRequest.newBuilder(message.url()).method(message.method(), body);
        message.headers().forEach(request::setHeader);
        if (message.contentType() != null) {
            request.setHeader("Content-Type", message.contentType());
        }
        CompletableFuture<HttpResponse<byte[]>> sending = client.sendAsync(request.build(), info -> new BoundedBody());
        CompletableFuture<ResponseView> answered = sending.thenCompose(JdkServiceClient::read);
        // Cancelling what follows from a future leaves the future alone.
        var unused = answered.whenComplete((answer, thrown) -> {
            if (answered.isCancelled()) {
                sending.cancel(true);
            }
        });
        return answered;
    }

    private static CompletableFuture<ResponseView> read(HttpResponse<byte[]> response) {
        Outcome outcome = HoldfastHttpClient.outcomeOf(response);
        if (outcome == null) {
            return CompletableFuture.failedFuture(new IOException("the call was not made by a wrapped client"));
        }
        if (outcome.decision() != null) {
            return CompletableFuture.failedFuture(
                    new ServiceException(response.statusCode(), outcome.decision(), outcome));
        }
        byte[] body = response.body();
        return CompletableFuture.completedFuture(ResponseView.of(
                response.statusCode(),
                HeaderFields.of(response.headers().map()),
                body,
                body.length < ResponseView.BODY_LIMIT));
    }
}
