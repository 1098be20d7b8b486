package dev.holdfast.core.internal.engine;

import static dev.holdfast.core.internal.engine.EngineBench.fixed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.internal.decide.TransportFaultRules;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.RetryPolicy;
import dev.holdfast.core.policy.RetrySafety;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** On the machine's own link, two connects that time out prove that nobody is there. */
class ConnectTimeoutsTest {
    private static final Decision SILENT = TransportFaultRules.decide(new SocketTimeoutException("Connect timed out"));
    private static final Decision REFUSED = TransportFaultRules.decide(new ConnectException("Connection refused"));
    private static final Decision ANSWERED = EngineBench.retry(Pace.TRANSIENT);
    private static final NextStep STOP = new NextStep.Stop(StopReason.ATTEMPTS);
    private static final NextStep SOON = new NextStep.Retry(Duration.ofMillis(500));
    private static final NextStep LATER = new NextStep.Retry(Duration.ofSeconds(2));

    private final RetryState progress = new RetryState(0, null);
    private RetryPolicy policy = fixed(Duration.ofSeconds(2)).maxAttempts(4).build();

    private NextStep next(boolean linkLocal, Decision decision) {
        return new RetryEngine(policy, Randomness.seeded(1), linkLocal)
                .next(progress, decision, RetrySafety.ALWAYS, false, 0);
    }

    @Test
    void theSecondEndsACallThatNeverHadAConnection() {
        assertThat(next(true, SILENT)).isEqualTo(SOON);
        assertThat(next(true, SILENT)).isEqualTo(STOP);
    }

    @Test
    void aRefusedConnectIsNoConnection() {
        assertThat(next(true, SILENT)).isEqualTo(SOON);
        assertThat(next(true, REFUSED)).isEqualTo(LATER);
        assertThat(next(true, SILENT)).isEqualTo(STOP);
    }

    @Test
    void aCallThatHadAConnectionGoesOn() {
        assertThat(next(true, ANSWERED)).isEqualTo(LATER);
        assertThat(next(true, SILENT)).isEqualTo(LATER);
        assertThat(next(true, SILENT)).isEqualTo(LATER);
        assertThat(next(true, SILENT)).isEqualTo(STOP);
    }

    @Test
    void aServiceBehindRoutersHasAllItsAttempts() {
        for (int i = 0; i < 3; i++) {
            assertThat(next(false, SILENT)).isEqualTo(LATER);
        }
        assertThat(next(false, SILENT)).isEqualTo(STOP);
    }

    @Test
    void aShorterBackoffStays() {
        policy = fixed(Duration.ofMillis(20)).build();
        assertThat(next(true, SILENT)).isEqualTo(new NextStep.Retry(Duration.ofMillis(20)));
    }

    /** As boot() says it by a rule of its own. */
    @Test
    void whatTheUserWaitsForPatientlyIsWaitedFor() {
        Decision patient = Decision.of(
                        Verdict.retry(Pace.STARTUP), ErrorKind.UNREACHABLE, "user/boot-unreachable", "Wait.", "test")
                .withProcessed(Processed.NO);
        for (int i = 0; i < 9; i++) {
            assertThat(next(true, patient)).isEqualTo(LATER);
        }
        assertThat(next(true, SILENT.withVerdict(Verdict.retry(Pace.STARTUP)))).isEqualTo(LATER);
        assertThat(next(true, SILENT.withVerdict(Verdict.retry(Pace.STARTUP)))).isEqualTo(LATER);
    }
}
