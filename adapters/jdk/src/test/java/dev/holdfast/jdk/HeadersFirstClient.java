package dev.holdfast.jdk;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** A real client that returns when the headers are there. The timer of an attempt begins then, so that the headers may take their time. */
final class HeadersFirstClient extends StubClient {
    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        HttpRequest patient = HttpRequest.newBuilder(request, (name, value) -> true)
                .timeout(Duration.ofDays(1))
                .build();
        CountDownLatch headers = new CountDownLatch(1);
        CompletableFuture<HttpResponse<T>> sent = real.sendAsync(patient, info -> {
            try {
                return handler.apply(info);
            } finally {
                headers.countDown();
            }
        });
        var unused = sent.whenComplete((response, fault) -> headers.countDown());
        try {
            headers.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return sent;
    }
}
