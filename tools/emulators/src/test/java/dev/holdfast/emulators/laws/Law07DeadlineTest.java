package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.credential.CachingCredentialSource;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialFetch;
import dev.holdfast.core.credential.RequestSigner;
import dev.holdfast.core.credential.Secret;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Law 7: one deadline, the least of three, over attempts and waits; what is left of it is the last attempt's timeout. */
class Law07DeadlineTest {
    // Guards RetryEngine.left: Math.min(limit, progress.callersLimitNanos())
    private static final Duration NEAR = Duration.ofMinutes(25);
    private static final Duration FAR = Duration.ofMinutes(170);

    @RegisterExtension
    final Bench bench = Bench.skipping();

    private final List<Duration> attemptTimeouts = new CopyOnWriteArrayList<>();

    /** Who sets the near deadline, the two others being far. */
    enum Setter {
        POLICY,
        CALL_TIMEOUT,
        CALL_DEADLINE,
        CLIENT
    }

    @BeforeEach
    void watchTimeouts() {
        bench.client = bench.client(builder -> builder.addInterceptor(chain -> {
            attemptTimeouts.add(Duration.ofNanos(chain.call().timeout().timeoutNanos()));
            return chain.proceed(chain.request());
        }));
    }

    /** Minutes, because a deadline that is set on a call is a moment of the real clock, and the attempts must fit into what is left of it. */
    private Holdfast.Builder tenMinutesApart() {
        return bench.azure()
                .maxAttempts(100)
                .attemptTimeout(Duration.ofMinutes(10))
                .backoff(Pace.TRANSIENT, Backoff.fixed(Duration.ofMinutes(10)));
    }

    private Call call(Setter setter, Holdfast.Builder holdfast) {
        holdfast.deadline(setter == Setter.POLICY ? NEAR : FAR);
        Duration client = setter == Setter.CLIENT ? NEAR : FAR;
        Consumer<Call> change = switch (setter) {
            case CALL_TIMEOUT -> call -> call.timeout().timeout(NEAR.toMillis(), TimeUnit.MILLISECONDS);
            case CALL_DEADLINE -> call -> call.timeout().deadline(NEAR.toMillis(), TimeUnit.MILLISECONDS);
            default -> call -> {};
        };
        Call call = HoldfastOkHttp.wrap(
                        bench.client.newBuilder().callTimeout(client).build(), holdfast.build())
                .newCall(bench.get(Bench.INSTANCE));
        change.accept(call);
        return call;
    }

    @ParameterizedTest
    @EnumSource
    void theLeastOfAllCoversAttemptsAndWaits(Setter setter) throws Exception {
        bench.script.always(Bench.status(503));
        for (boolean async : new boolean[] {false, true}) {
            Call call = call(setter, tenMinutesApart());
            try (Response response = async ? Once.enqueued(call) : call.execute()) {
                Outcome outcome = HoldfastOkHttp.outcomeOf(response);
                assertThat(outcome.reason()).isEqualTo(StopReason.DEADLINE);
                assertThat(outcome.total()).isEqualTo(Duration.ofMinutes(20));
                assertThat(outcome.attempts()).hasSize(3);
            }
        }
        assertThat(bench.requests()).isEqualTo(6);
    }

    @ParameterizedTest
    @EnumSource
    void theAttemptTimeoutShrinksToWhatIsLeft(Setter setter) throws Exception {
        bench.script.always(Bench.status(503));
        try (Response response = call(setter, tenMinutesApart()).execute()) {
            assertThat(response.code()).isEqualTo(503);
        }
        assertThat(attemptTimeouts.subList(0, 2)).containsOnly(Duration.ofMinutes(10));
        // A deadline set on the call is a moment of the real clock, which goes on meanwhile.
        assertThat(attemptTimeouts.get(2)).isBetween(Duration.ofMillis(1), Duration.ofMinutes(5));
        assertThat(attemptTimeouts).hasSize(3);
    }

    @Test
    void anOperationsOwnTimeoutComesBeforeThePolicys() throws Exception {
        bench.answers(Bench.ok());
        bench.call(bench.azure(), bench.get("/metadata/scheduledevents?api-version=2020-07-01"))
                .execute()
                .close();
        assertThat(attemptTimeouts).containsExactly(Duration.ofSeconds(130));
    }

    @Test
    void aDeadlineOfTheCallerIsNotLiftedByPatience() throws Exception {
        bench.script.always(Bench.status(410));
        Call call = bench.call(bench.azure().deadline(Duration.ofSeconds(30)));
        try (Response response = call.execute()) {
            Outcome outcome = HoldfastOkHttp.outcomeOf(response);
            assertThat(outcome.reason()).isEqualTo(StopReason.DEADLINE);
            assertThat(outcome.total()).isLessThan(Duration.ofSeconds(30));
        }
    }

    @Test
    void aDeadlineThatHasPassedSendsNothing() {
        for (boolean async : new boolean[] {false, true}) {
            Call call = bench.call(bench.azure());
            call.timeout().deadlineNanoTime(System.nanoTime() - 1);
            Throwable thrown = thrown(call, async);
            assertThat(Outcome.of(thrown).reason()).isEqualTo(StopReason.DEADLINE);
            assertThat(Outcome.of(thrown).attempts()).isEmpty();
        }
        assertThat(bench.requests()).isZero();
    }

    /** A source that fetches on the thread of the call leaves the attempt what is left. */
    @Test
    void aSourceThatBlocksUsesUpTheDeadline() {
        CredentialFetch blocking = refused -> {
            try {
                bench.time.await(new CountDownLatch(1), FAR);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return CompletableFuture.completedFuture(Credential.token(Secret.token("token"), FAR.multipliedBy(2)));
        };
        Call call = bench.call(bench.azure()
                .deadline(NEAR)
                .credentials(CachingCredentialSource.builder("test/blocking", RequestSigner.bearer())
                        .fetch(blocking)
                        .timeSource(bench.time)
                        .build()));
        Outcome outcome = Outcome.of(thrown(call, false));
        assertThat(outcome.reason()).isEqualTo(StopReason.DEADLINE);
        assertThat(outcome.attempts()).isEmpty();
        assertThat(bench.requests()).isZero();
    }

    private static IOException thrown(Call call, boolean async) {
        try (Response response = async ? Once.enqueued(call) : call.execute()) {
            throw new AssertionError("got " + response.code());
        } catch (IOException e) {
            return e;
        }
    }
}
