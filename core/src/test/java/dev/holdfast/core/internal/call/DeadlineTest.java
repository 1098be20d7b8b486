package dev.holdfast.core.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.outcome.CallOptions;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.Backoff;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Law 7: one deadline, the least of three, over attempts and waits; what is left of it is the last attempt's timeout. */
class DeadlineTest {
    private static final Duration NEAR = Duration.ofSeconds(25);
    private static final Duration FAR = Duration.ofSeconds(170);

    @RegisterExtension
    final CallBench bench = CallBench.skipping();

    /** What sets the near deadline, the two others being far. */
    enum Setter {
        POLICY,
        OPTIONS,
        CLIENT
    }

    static Stream<Arguments> settersAndWays() {
        return Stream.of(Setter.values())
                .flatMap(setter -> Stream.of(Way.values()).map(way -> Arguments.of(setter, way)));
    }

    private FakeCall tenSecondsApart(Setter setter) {
        Holdfast holdfast = bench.unbounded()
                .maxAttempts(100)
                .attemptTimeout(Duration.ofSeconds(10))
                .backoff(Pace.TRANSIENT, Backoff.fixed(Duration.ofSeconds(10)))
                .deadline(setter == Setter.POLICY ? NEAR : FAR)
                .build();
        CallOptions options = CallOptions.none().withDeadline(setter == Setter.OPTIONS ? NEAR : FAR);
        return bench.call(holdfast, CallBench.READ, options, setter == Setter.CLIENT ? NEAR : FAR);
    }

    @ParameterizedTest
    @MethodSource("settersAndWays")
    void theLeastOfAllCoversAttemptsAndWaits(Setter setter, Way way) throws Exception {
        bench.service.always(FakeAnswer.status(503));
        Outcome outcome = tenSecondsApart(setter).start(way).outcome();
        assertThat(outcome.reason()).isEqualTo(StopReason.DEADLINE);
        assertThat(outcome.total()).isEqualTo(Duration.ofSeconds(20));
        assertThat(outcome.attempts()).hasSize(3);
        assertThat(bench.requests()).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("settersAndWays")
    void theAttemptTimeoutShrinksToWhatIsLeft(Setter setter, Way way) throws Exception {
        bench.service.always(FakeAnswer.status(503));
        assertThat(tenSecondsApart(setter).start(way).close()).isEqualTo(503);
        assertThat(bench.service.sent())
                .extracting(FakeRequest::timeout)
                .containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @EnumSource
    void aDeadlineOfTheCallerIsNotLiftedByPatience(Way way) throws Exception {
        bench.service.always(FakeAnswer.status(410));
        Outcome outcome = bench.call(bench.unbounded().deadline(Duration.ofSeconds(30)))
                .start(way)
                .outcome();
        assertThat(outcome.reason()).isEqualTo(StopReason.DEADLINE);
        assertThat(outcome.total()).isLessThan(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @EnumSource
    void theServicesOwnDeadlineIsLiftedByPatience(Way way) throws Exception {
        bench.service.always(FakeAnswer.status(410));
        Outcome outcome = bench.call(bench.unbounded()).start(way).outcome();
        assertThat(outcome.reason()).isEqualTo(StopReason.PATIENCE);
        assertThat(outcome.total()).isGreaterThan(CallBench.SERVICE.policy().deadline());
    }

    @ParameterizedTest
    @EnumSource
    void aDeadlineThatHasPassedSendsNothing(Way way) throws Exception {
        FakeCall call = bench.call(bench.unbounded().build(), CallBench.READ, CallOptions.none(), Duration.ZERO)
                .start(way);
        assertThat(call.thrown()).isInstanceOf(InterruptedIOException.class);
        assertThat(call.reason()).isEqualTo(StopReason.DEADLINE);
        assertThat(call.outcome().attempts()).isEmpty();
        assertThat(bench.requests()).isZero();
    }
}
