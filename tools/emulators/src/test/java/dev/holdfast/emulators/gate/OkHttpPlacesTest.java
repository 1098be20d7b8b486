package dev.holdfast.emulators.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.Limiters;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.emulators.laws.Once;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.Call;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What OkHttp must do for a limiter: give the place back with the body, and the connection before a wait. The limiter's own rules are tested in core. */
class OkHttpPlacesTest {
    @RegisterExtension
    final Bench bench = Bench.manual();

    private Holdfast.Builder single() {
        return bench.azure().limits("default", Limits.NONE.concurrency(1));
    }

    private Call newCall(Call.Factory calls) {
        return calls.newCall(bench.get(Bench.INSTANCE));
    }

    /** Waits in the limiter: its expiry is the one thing that is pending. */
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
                    late.await();
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

    @Test
    void theConnectionOfACopyIsGivenBack() throws Exception {
        bench.answers(Bench.status(503));
        Call.Factory calls = bench.wrap(bench.azure()
                .limits("default", Limits.NONE.rate(1, Duration.ofSeconds(10)))
                .backoff(Pace.TRANSIENT, Backoff.fixed(Duration.ofSeconds(1)))
                .deadline(Duration.ofSeconds(8)));
        Once call = Once.of(newCall(calls));
        bench.time.awaitWaiters(1);
        bench.time.advance(Duration.ofSeconds(1));
        try (Response last = call.get()) {
            assertThat(last.code()).isEqualTo(503);
            assertThat(HoldfastOkHttp.isCopy(last)).isTrue();
            assertThat(HoldfastOkHttp.outcomeOf(last).reason()).isEqualTo(StopReason.NOT_PERMITTED);
            assertThat(bench.client.connectionPool().idleConnectionCount())
                    .as("connections given back")
                    .isEqualTo(bench.client.connectionPool().connectionCount())
                    .isOne();
            assertThat(last.body().string()).contains("some sentence");
        }
        assertThat(bench.requests()).isOne();
    }

    /** The smaller limit holds while a Holdfast with it is there: the second call waits for the rate that the first one has set. */
    @Test
    void theSmallerLimitOfTwoHoldfastsHolds() throws Exception {
        bench.script.always(Bench.ok());
        Limiters limiters = Limiters.isolated(bench.time, bench.time);
        Call.Factory narrow = bench.wrap(sharing(limiters, Limits.NONE.rate(1, Duration.ofMillis(200))));
        newCall(narrow).execute().close();
        Once other = queued(bench.wrap(sharing(limiters, Limits.NONE)));
        assertThat(bench.requests()).isOne();
        bench.time.advance(Duration.ofMillis(200));
        other.get().close();
        assertThat(bench.requests()).isEqualTo(2);
        newCall(narrow);
    }

    private Holdfast.Builder sharing(Limiters limiters, Limits settings) {
        return bench.here(Holdfast.builder(AzureImds.SERVICE))
                .limiters(limiters)
                .limits("default", settings);
    }
}
