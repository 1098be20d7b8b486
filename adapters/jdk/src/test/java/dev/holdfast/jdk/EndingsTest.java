package dev.holdfast.jdk;

import static java.net.http.HttpResponse.BodyHandlers.ofInputStream;
import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.outcome.HoldfastListener;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Law 10 with the JDK's client: cancel and interrupt, in an attempt, in a wait and in a body. */
class EndingsTest {
    private static final HttpRequest REQUEST =
            HttpRequest.newBuilder(URI.create("http://169.254.169.254/x")).build();

    private final FakeTime time = FakeTime.standing();
    private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();

    private HttpClient client(RawServer server) {
        HoldfastListener listener = new HoldfastListener() {
            @Override
            public void onOutcome(OutcomeEvent event) {
                outcomes.add(event.outcome());
            }
        };
        return HoldfastHttpClient.wrap(
                Clients.plain(), Clients.policy(server, time).listener(listener).build());
    }

    private static RawServer silent() {
        return new RawServer(exchange -> {});
    }

    private static RawServer stallingIn(int status) {
        return new RawServer(exchange -> exchange.send("HTTP/1.1 " + status + " X\r\nContent-Length: 100\r\n\r\nhalf"));
    }

    private void cancelled() throws InterruptedException {
        assertThat(outcomes.take().reason()).isEqualTo(StopReason.CANCELLED);
    }

    @Test
    void cancelInAnAttempt() throws Exception {
        try (RawServer server = silent()) {
            CompletableFuture<HttpResponse<String>> future = client(server).sendAsync(REQUEST, ofString());
            server.firstRequest.await();
            assertThat(future.cancel(true)).isTrue();
            assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
            server.awaitEnds(1);
            cancelled();
        }
    }

    @Test
    void cancelInAWait() throws Exception {
        try (RawServer server = RawServer.failing(9, "busy")) {
            CompletableFuture<HttpResponse<String>> future = client(server).sendAsync(REQUEST, ofString());
            time.waited.await();
            assertThat(future.cancel(false)).isTrue();
            cancelled();
            assertThat(time.timerCancelled).isTrue();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void cancelOfADerivedFuture() throws Exception {
        try (RawServer server = silent()) {
            CompletableFuture<HttpResponse<String>> future = client(server).sendAsync(REQUEST, ofString());
            CompletableFuture<String> derived = future.thenApply(HttpResponse::body);
            server.firstRequest.await();
            derived.cancel(true);
            cancelled();
            assertThatThrownBy(() -> future.get()).hasStackTraceContaining("Canceled");
        }
    }

    @Test
    void aLateCancelTakesNothingBack() throws Exception {
        try (RawServer server = new RawServer(exchange -> exchange.answer(400, "x".repeat(300_000)))) {
            CompletableFuture<HttpResponse<InputStream>> future = client(server).sendAsync(REQUEST, ofInputStream());
            CompletableFuture<Void> later = future.thenCompose(response -> new CompletableFuture<>());
            try (InputStream body = future.get().body()) {
                later.cancel(true);
                assertThat(body.readAllBytes()).hasSize(300_000);
            }
        }
    }

    @Test
    void cancelInTheBodyOfASuccess() throws Exception {
        try (RawServer server = stallingIn(200)) {
            CompletableFuture<HttpResponse<String>> future = client(server).sendAsync(REQUEST, ofString());
            server.firstRequest.await();
            future.cancel(true);
            server.awaitEnds(1);
            cancelled();
        }
    }

    @Test
    void cancelInTheBodyOfAnError() throws Exception {
        try (RawServer server = stallingIn(503)) {
            CompletableFuture<HttpResponse<String>> future = client(server).sendAsync(REQUEST, ofString());
            server.firstRequest.await();
            future.cancel(true);
            server.awaitEnds(1);
            cancelled();
            assertThat(server.requests()).hasSize(1);
        }
    }

    /** Runs send on a thread, interrupts it once it is where it should be, and gives what it threw. */
    private Throwable interrupted(RawServer server, CountDownLatch where) throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>();
        HttpClient client = client(server);
        Thread caller = new Thread(() -> {
            try {
                client.send(REQUEST, ofString());
            } catch (Throwable e) {
                thrown.set(e);
            }
            flag.set(Thread.currentThread().isInterrupted());
        });
        caller.start();
        where.await();
        caller.interrupt();
        caller.join();
        assertThat(flag.get()).as("the flag is kept").isTrue();
        return thrown.get();
    }

    @Test
    void interruptInAnAttempt() throws Exception {
        try (RawServer server = silent()) {
            Throwable thrown = interrupted(server, server.firstRequest);
            assertThat(thrown).isInstanceOf(InterruptedException.class);
            assertThat(Outcome.of(thrown).reason()).isEqualTo(StopReason.INTERRUPTED);
            server.awaitEnds(1);
        }
    }

    @Test
    void interruptInAWait() throws Exception {
        try (RawServer server = RawServer.failing(9, "busy")) {
            Throwable thrown = interrupted(server, time.waited);
            assertThat(thrown).isInstanceOf(InterruptedException.class);
            assertThat(Outcome.of(thrown).attempts()).hasSize(1);
        }
    }

    @Test
    void interruptInTheBodyOfAnErrorThatIsHandedOut() throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        try (RawServer server = new RawServer(exchange -> {
            exchange.send("HTTP/1.1 400 X\r\nContent-Length: 500000\r\n\r\n" + "x".repeat(100_000));
            sent.countDown();
        })) {
            CountDownLatch decided = new CountDownLatch(1);
            Thread watch = new Thread(() -> {
                try {
                    outcomes.add(outcomes.take());
                    decided.countDown();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            watch.start();
            Throwable thrown = interrupted(server, decided);
            assertThat(thrown).isInstanceOf(InterruptedException.class);
            assertThat(Outcome.of(thrown).attempts().get(0).status()).isEqualTo(400);
            server.awaitEnds(1);
        }
    }
}
