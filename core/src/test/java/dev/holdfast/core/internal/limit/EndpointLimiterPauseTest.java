package dev.holdfast.core.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.Limiters;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.internal.call.CallBench;
import dev.holdfast.core.internal.call.FakeAnswer;
import dev.holdfast.core.internal.call.FakeCall;
import dev.holdfast.core.internal.call.Way;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.RequestNotPermittedException;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.Backoff;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When a server says when to come back, no other call comes earlier either, and not all of them come in the same instant. */
class EndpointLimiterPauseTest {
    private static final Duration HINT = Duration.ofSeconds(10);

    @RegisterExtension
    final CallBench bench = CallBench.manual();

    private static FakeAnswer comeBackLater(int status) {
        return FakeAnswer.status(status, "Retry-After", String.valueOf(HINT.toSeconds()));
    }

    private Holdfast.Builder once() {
        return bench.unbounded().maxAttempts(1);
    }

    private Holdfast afterTheHint() throws Exception {
        Holdfast holdfast = once().build();
        bench.service.answers(comeBackLater(429));
        bench.service.always(FakeAnswer.ok());
        assertThat(bench.call(holdfast).start(Way.ASYNC).close()).isEqualTo(429);
        return holdfast;
    }

    private Holdfast pausedFor(Duration pause, Holdfast.Builder builder) {
        Holdfast paused = builder.build();
        bench.limiter(paused, CallBench.READ).pause("", pause);
        return paused;
    }

    @Test
    void allOthersStayAwayAndComeBackSpread() throws Exception {
        Holdfast holdfast = afterTheHint();
        FakeCall[] others = IntStream.range(0, 40)
                .mapToObj(i -> bench.call(holdfast).start(Way.ASYNC))
                .toArray(FakeCall[]::new);
        bench.time.awaitWaiters(40);
        bench.time.advance(HINT);
        assertThat(bench.time.pending()).as("waiting at the end of the hint").isGreaterThan(35);
        assertThat(bench.requests()).isLessThanOrEqualTo(1 + 40 - bench.time.pending());
        bench.time.advance(Duration.ofMillis(2_500));
        assertThat(bench.time.pending())
                .as("waiting in the middle of the spread")
                .isBetween(8, 32);
        bench.time.advance(Duration.ofMillis(2_500));
        for (FakeCall other : others) {
            assertThat(other.close()).isEqualTo(200);
        }
        assertThat(bench.requests()).isEqualTo(41);
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatCannotWaitSoLongIsRefusedAtOnce(Way way) throws Exception {
        FakeCall refused = bench.call(pausedFor(HINT, once().deadline(Duration.ofSeconds(9))))
                .start(way);
        assertThat(refused.thrown()).isInstanceOf(RequestNotPermittedException.class);
        assertThat(refused.reason()).isEqualTo(StopReason.NOT_PERMITTED);
        assertThat(bench.requests()).isZero();
    }

    /** A retry-after beyond the cap ends its own call; without the comparison in CallState.tellGate it would hold back every other call as well. */
    @ParameterizedTest
    @EnumSource
    void aHintBeyondTheCapHoldsNoOtherCallBack(Way way) throws Exception {
        Holdfast holdfast = once().maxRetryAfter(Duration.ofSeconds(60)).build();
        bench.service.answers(FakeAnswer.status(429, "Retry-After", "61"), FakeAnswer.ok());
        assertThat(bench.call(holdfast).start(way).reason()).isEqualTo(StopReason.ATTEMPTS);
        assertThat(bench.call(holdfast).start(way).close()).isEqualTo(200);
    }

    /** Law 16: what one call accepts to wait for does not hold back another that would not. */
    @ParameterizedTest
    @EnumSource
    void anInteractiveCallIsHeldNoLongerThanItsOwnCap(Way way) throws Exception {
        Limiters shared = Limiters.isolated(bench.time, bench.time);
        Holdfast background = once().limiters(shared)
                .maxRetryAfter(Duration.ofMinutes(25))
                .deadline(Duration.ofHours(1))
                .build();
        Holdfast interactive =
                once().limiters(shared).maxRetryAfter(Duration.ofSeconds(10)).build();
        bench.service.answers(FakeAnswer.status(429, "Retry-After", "1200"));
        bench.service.always(FakeAnswer.ok());
        bench.call(background).start(way).close();
        FakeCall held = bench.call(interactive).start(way);
        bench.time.awaitWaiters(1);
        bench.time.advance(Duration.ofSeconds(10).minusNanos(1));
        assertThat(bench.requests()).isOne();
        bench.time.advance(Duration.ofSeconds(5).plusNanos(1));
        assertThat(held.close()).isEqualTo(200);
        assertThat(bench.call(interactive).start(way).close()).isEqualTo(200);
        FakeCall patient = bench.call(background).start(way);
        bench.time.awaitWaiters(1);
        assertThat(patient.hasEnded()).isFalse();
        bench.time.advance(Duration.ofMinutes(21));
        assertThat(patient.close()).isEqualTo(200);
    }

    /** The cap itself is still a retry-after that all keep. */
    @Test
    void aHintOfTheCapHoldsTheOthersBack() throws Exception {
        Holdfast holdfast = once().maxRetryAfter(Duration.ofSeconds(60))
                .deadline(Duration.ofMinutes(3))
                .build();
        bench.service.answers(FakeAnswer.status(429, "Retry-After", "60"), FakeAnswer.ok());
        bench.call(holdfast).start(Way.ASYNC).close();
        FakeCall other = bench.call(holdfast).start(Way.ASYNC);
        bench.time.awaitWaiters(1);
        bench.time.advance(Duration.ofSeconds(60).minusNanos(1));
        assertThat(other.hasEnded()).isFalse();
        bench.time.advance(Duration.ofSeconds(5).plusNanos(1));
        assertThat(other.close()).isEqualTo(200);
    }

    /** Without the flag in CallState.ready, the time in the pause would not count for the first attempt. */
    @ParameterizedTest
    @EnumSource
    void aPauseBeforeTheFirstAttemptIsPartOfTheDeadline(Way way) throws Exception {
        bench.service.answers(FakeAnswer.status(503));
        Holdfast.Builder builder = once().maxAttempts(3)
                .backoff(Pace.TRANSIENT, Backoff.fixed(Duration.ofSeconds(17)))
                .deadline(Duration.ofSeconds(27));
        FakeCall call = bench.call(pausedFor(HINT.plusSeconds(1), builder)).start(way);
        bench.time.awaitWaiters(1);
        bench.time.advance(Duration.ofSeconds(16));
        Outcome outcome = call.outcome();
        assertThat(outcome.reason()).isEqualTo(StopReason.DEADLINE);
        assertThat(outcome.attempts().get(0).startedAfter()).isGreaterThanOrEqualTo(HINT.plusSeconds(1));
    }

    /** Without the look at the pause in CallState.admitted, the next in the queue would be sent a second after the retry-after. */
    @ParameterizedTest
    @EnumSource
    void aCallInTheQueueKeepsItToo(Way way) throws Exception {
        Holdfast holdfast = bench.holdfast()
                .maxAttempts(1)
                .limits("default", Queue.every(Duration.ofSeconds(1)))
                .build();
        FakeAnswer later = comeBackLater(503).held();
        bench.service.answers(later);
        bench.service.always(FakeAnswer.ok());
        FakeCall first = bench.call(holdfast).start(way);
        bench.service.awaitRequest();
        FakeCall queued = bench.call(holdfast).start(way);
        bench.time.awaitWaiters(2);
        later.release();
        assertThat(first.close()).isEqualTo(503);
        bench.time.advance(Duration.ofSeconds(1));
        bench.time.awaitWaiters(1);
        assertThat(bench.requests()).isOne();
        bench.time.advance(Duration.ofSeconds(15));
        assertThat(queued.close()).isEqualTo(200);
        assertThat(bench.requests()).isEqualTo(2);
    }
}
