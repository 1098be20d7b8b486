package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.jdk.HoldfastHttpClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Laws 7 and 10 at the adapter of java.net.http, where cancels, interrupts and timeouts have shapes of their own. */
class JdkAdapterTest {
    private static final HttpClient JDK =
            HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();

    @RegisterExtension
    final Bench bench = Bench.manual();

    private HttpClient client(Holdfast.Builder holdfast) {
        return HoldfastHttpClient.wrap(JDK, holdfast.build());
    }

    private HttpRequest.Builder get() {
        return HttpRequest.newBuilder(URI.create(bench.url(Bench.INSTANCE)));
    }

    private CompletableFuture<HttpResponse<String>> sendAsync() {
        return client(bench.azure()).sendAsync(get().build(), BodyHandlers.ofString());
    }

    private Background<HttpResponse<String>> send() {
        return Background.run(() -> client(bench.azure()).send(get().build(), BodyHandlers.ofString()));
    }

    @Test
    void aFutureCancelledInAWaitLeavesNothing() throws Exception {
        bench.script.always(Bench.status(503));
        CompletableFuture<HttpResponse<String>> future = sendAsync();
        bench.time.awaitWaiters(1);
        future.cancel(true);
        assertThat(bench.time.pending()).isZero();
        bench.time.advance(Duration.ofSeconds(300));
        assertThat(future).isCancelled();
        assertThat(bench.requests()).isOne();
    }

    @Test
    void aFutureCancelledInAnAttemptIsNotRepeated() throws Exception {
        bench.script.hold();
        CompletableFuture<HttpResponse<String>> future = sendAsync();
        bench.script.next();
        future.cancel(true);
        bench.script.release();
        bench.time.advance(Duration.ofSeconds(300));
        assertThat(future).isCancelled();
        assertThat(bench.requests()).isOne();
    }

    @Test
    void whatIsHungOnAFutureNeverRunsOnTheTimer() throws Exception {
        bench.answers(Bench.status(503), Bench.ok());
        CompletableFuture<String> thread =
                sendAsync().thenApply(response -> Thread.currentThread().getName());
        bench.time.awaitWaiters(1);
        bench.time.advance(Duration.ofSeconds(3));
        assertThat(thread.get()).doesNotStartWith("holdfast-");
    }

    @Test
    void anInterruptInAWaitKeepsTheFlag() throws Exception {
        bench.script.always(Bench.status(503));
        Background<HttpResponse<String>> caller = send();
        bench.time.awaitWaiters(1);
        caller.interrupt();
        assertInterrupted(caller);
    }

    @Test
    void anInterruptInAnAttemptKeepsTheFlag() throws Exception {
        bench.script.hold();
        Background<HttpResponse<String>> caller = send();
        bench.script.next();
        caller.interrupt();
        assertInterrupted(caller);
    }

    private void assertInterrupted(Background<HttpResponse<String>> caller) throws Exception {
        assertThat(caller.thrown()).isInstanceOfAny(InterruptedException.class, java.io.InterruptedIOException.class);
        assertThat(Outcome.of(caller.thrown()).reason()).isEqualTo(StopReason.INTERRUPTED);
        assertThat(caller.interruptedAtItsEnd()).isTrue();
        assertThat(bench.requests()).isOne();
    }

    @Test
    void aSchedulerThatIsShutDownInAWaitEndsTheCall() throws Exception {
        bench.script.always(Bench.status(503));
        CompletableFuture<Throwable> thrown = sendAsync().handle((response, e) -> e);
        bench.time.awaitWaiters(1);
        bench.time.shutDown();
        Outcome outcome = Outcome.of(thrown.get());
        assertThat(outcome.reason()).isEqualTo(StopReason.CANCELLED);
    }

    @Test
    void theTimeoutOfTheRequestBoundsTheWholeCall() throws Exception {
        bench.script.always(Bench.status(503));
        HttpClient client =
                client(bench.azure().maxAttempts(100).backoff(Pace.TRANSIENT, Backoff.fixed(Duration.ofSeconds(10))));
        HttpRequest request = get().timeout(Duration.ofSeconds(25)).build();
        CompletableFuture<HttpResponse<String>> future = client.sendAsync(request, BodyHandlers.ofString());
        for (int i = 0; i < 2; i++) {
            bench.time.awaitWaiters(1);
            bench.time.advance(Duration.ofSeconds(10));
        }
        Outcome outcome = HoldfastHttpClient.outcomeOf(future.get());
        assertThat(outcome.reason()).isEqualTo(StopReason.DEADLINE);
        assertThat(outcome.total()).isEqualTo(Duration.ofSeconds(20));
        assertThat(bench.requests()).isEqualTo(3);
    }
}
