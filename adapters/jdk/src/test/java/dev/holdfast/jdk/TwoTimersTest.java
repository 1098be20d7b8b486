package dev.holdfast.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.internal.call.AttemptResponse;
import dev.holdfast.core.internal.call.Transport;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Until the headers are there, the client's timer alone decides how an attempt ended. The test fires both timers itself. */
class TwoTimersTest {
    private final StubClient client = new StubClient();
    private final CompletableFuture<Throwable> ended = new CompletableFuture<>();
    private final JdkExchange<String> exchange = started();

    private JdkExchange<String> started() {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1/x"))
                .timeout(Duration.ofDays(1))
                .build();
        JdkExchange<String> next =
                new JdkExchange<>(client, request, null, BodyHandlers.ofString(), (status, type) -> status >= 400);
        next.enqueue(new Transport.Receiver<>() {
            @Override
            public void onReceived(AttemptResponse<JdkReply<String>> received) {
                ended.completeExceptionally(new AssertionError("a response came"));
            }

            @Override
            public void onFault(Throwable fault) {
                ended.complete(fault);
            }
        });
        return next;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConnectTimeoutIsOneWhicheverTimerIsFirst(boolean oursFirst) throws Exception {
        theClientDecides(oursFirst, new HttpConnectTimeoutException("HTTP connect timed out"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aReadTimeoutIsOneWhicheverTimerIsFirst(boolean oursFirst) throws Exception {
        theClientDecides(oursFirst, new HttpTimeoutException("request timed out"));
    }

    private void theClientDecides(boolean oursFirst, HttpTimeoutException verdict) throws Exception {
        if (oursFirst) {
            exchange.timedOut();
            client.fail(verdict);
        } else {
            client.fail(verdict);
            exchange.timedOut();
        }
        assertThat(ended.get()).isSameAs(verdict);
    }

    @Test
    void aClientThatIgnoresItsTimeoutIsEndedAsUnknown() throws Exception {
        exchange.timedOut();
        assertThat(client.givenUp()).isFalse();
        exchange.clientIsSilent();
        assertThat(client.givenUp()).isTrue();
        assertThat(ended.get()).isExactlyInstanceOf(HttpTimeoutException.class);
    }

    /** The timer is fired when the headers are there, or while they are being read: each way the status decides. */
    @Test
    void anErrorWhoseBodyStallsIsJudgedByItsStatus() throws Exception {
        try (RawServer server = new RawServer(each -> each.send("HTTP/1.1 400 X\r\nContent-Length: 100\r\n\r\nhalf"))) {
            HttpRequest request = HttpRequest.newBuilder(server.uri("/x"))
                    .timeout(Duration.ofDays(1))
                    .build();
            CountDownLatch headers = new CountDownLatch(1);
            JdkExchange<String> stalled =
                    new JdkExchange<>(Clients.plain(), request, null, BodyHandlers.ofString(), (status, type) -> {
                        headers.countDown();
                        return true;
                    });
            CompletableFuture<AttemptResponse<JdkReply<String>>> came = CompletableFuture.supplyAsync(() -> {
                try {
                    return stalled.execute();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            headers.await();
            stalled.timedOut();
            assertThat(came.get().status()).isEqualTo(400);
            assertThatThrownBy(() -> came.get().response().body().deliver().get())
                    .hasStackTraceContaining("timed out");
        }
    }
}
