package dev.holdfast.testkit.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.Outcome;
import dev.holdfast.core.backoff.Backoff;
import dev.holdfast.core.error.Pace;
import dev.holdfast.core.gate.GateSettings;
import dev.holdfast.core.retry.StopReason;
import dev.holdfast.testkit.laws.Bench;
import dev.holdfast.testkit.laws.Once;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.Call;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One place at a gate for one at once: whichever way the first call ends, the second gets the place then and not before. */
class ConcurrencyLimitTest {
    @RegisterExtension
    final Bench bench = Bench.manual();

    private Holdfast.Builder single() {
        return bench.here(Holdfast.builder(AzureImds.SERVICE))
                .gate("default", GateSettings.OPEN.withConcurrency(1))
                .withoutBudget()
                .backoff(Pace.TRANSIENT, Backoff.fixed(Duration.ofSeconds(100)));
    }

    private Call newCall(Call.Factory calls) {
        return calls.newCall(bench.get(Bench.INSTANCE));
    }

    /** Waits in the gate: its expiry is the one thing that is pending. */
    private Once queued(Call.Factory calls) throws InterruptedException {
        int before = bench.time.pending();
        Once second = Once.of(newCall(calls));
        bench.time.awaitWaiters(before + 1);
        assertThat(second.hasEnded()).isFalse();
        return second;
    }

    @Test
    void closed() throws Exception {
        bench.script.always(Bench.ok());
        Call.Factory calls = bench.wrap(single());
        Response first = newCall(calls).execute();
        Once second = queued(calls);
        assertThat(bench.requests()).isOne();
        first.close();
        second.get().close();
        first.close();
        newCall(calls).execute().close();
    }

    @Test
    void readToItsEndAndNotClosed() throws Exception {
        bench.script.always(Bench.ok());
        Call.Factory calls = bench.wrap(single());
        Response first = newCall(calls).execute();
        Once second = queued(calls);
        first.body().source().readUtf8();
        second.get().close();
        first.close();
    }

    @Test
    void copiedBeforeAWait() throws Exception {
        bench.answers(Bench.status(503)).script.always(Bench.ok());
        Call.Factory calls = bench.wrap(single());
        Once first = Once.of(newCall(calls));
        bench.time.awaitWaiters(1);
        newCall(calls).execute().close();
        assertThat(first.hasEnded()).isFalse();
        bench.time.advance(Duration.ofSeconds(100));
        first.get().close();
    }

    @Test
    void aFault() throws Exception {
        bench.script.hold();
        bench.answers(new MockResponse.Builder()
                        .onResponseStart(SocketEffect.ShutdownConnection.INSTANCE)
                        .build())
                .script
                .always(Bench.ok());
        Call.Factory calls = bench.wrap(single().maxAttempts(1));
        Once first = Once.of(newCall(calls));
        bench.script.next();
        Once second = queued(calls);
        bench.script.release();
        assertThat(first.await().thrown).isNotNull();
        second.get().close();
    }

    @Test
    void aCancelInTheAttempt() throws Exception {
        bench.script.hold();
        bench.script.always(Bench.ok());
        Call.Factory calls = bench.wrap(single());
        Call call = newCall(calls);
        Once first = Once.of(call);
        bench.script.next();
        Once second = queued(calls);
        call.cancel();
        bench.script.release();
        assertThat(Outcome.of(first.await().thrown).reason()).isEqualTo(StopReason.CANCELLED);
        second.get().close();
    }

    /** The place stays taken until the attempt has really ended, however early the caller lost interest. */
    @Test
    void anAnswerThatComesAfterTheCancel() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch late = new CountDownLatch(1);
        bench.script.always(Bench.ok());
        bench.client = bench.client(builder -> builder.addInterceptor(chain -> {
            Response response = chain.proceed(chain.request());
            if (inside.getCount() > 0) {
                inside.countDown();
                try {
                    assertThat(late.await(10, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
            return response;
        }));
        Call.Factory calls = bench.wrap(single());
        Call call = newCall(calls);
        Once first = Once.of(call);
        inside.await();
        Once second = queued(calls);
        call.cancel();
        assertThat(second.hasEnded()).isFalse();
        late.countDown();
        assertThat(first.await().thrown).isNotNull();
        second.get().close();
    }

    /** Without handing out as the last thing in CallState.succeeded, the place of the first call would be lost for ever. */
    @Test
    void aConsumerOfEventsThatThrows() throws Exception {
        bench.answers(Bench.status(503)).script.always(Bench.ok());
        RetryRegistry registry = RetryRegistry.ofDefaults();
        Call.Factory calls = bench.wrap(single().retryRegistry(registry));
        registry.retry("azure/imds").getEventPublisher().onSuccess(event -> {
            throw new IllegalStateException("broken consumer");
        });
        Once first = Once.of(newCall(calls));
        bench.time.awaitWaiters(1);
        bench.time.advance(Duration.ofSeconds(100));
        assertThat(first.await().thrown).hasRootCauseMessage("broken consumer");
        newCall(calls).execute().close();
    }
}
