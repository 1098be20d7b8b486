package dev.holdfast.core.internal.engine;

import static dev.holdfast.core.internal.engine.EngineBench.fixed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.internal.decide.TransportFaultRules;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.core.service.Operation;
import java.io.EOFException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An operation may say how many attempts without a response are enough. */
class SilencesTest {
    private static final Decision READ = TransportFaultRules.decide(new SocketTimeoutException("timeout"));
    private static final Decision ATTEMPT = TransportFaultRules.decide(new InterruptedIOException("timeout"));
    private static final Decision CONNECT = TransportFaultRules.decide(new SocketTimeoutException("Connect timed out"));
    private static final Decision LOST = TransportFaultRules.decide(new EOFException("unexpected end of stream"));
    private static final Decision ANSWERED = EngineBench.retry(Pace.TRANSIENT);
    private static final NextStep STOP = new NextStep.Stop(StopReason.ATTEMPTS);

    private final RetryEngine engine =
            new RetryEngine(fixed(Duration.ofSeconds(1)).maxAttempts(9).build(), Randomness.seeded(1));

    private NextStep last(RetryState progress, Decision... decisions) {
        NextStep last = null;
        for (Decision decision : decisions) {
            assertThat(last).isNotEqualTo(STOP);
            last = engine.next(progress, decision, RetrySafety.ALWAYS, false, 0);
        }
        return last;
    }

    @Test
    void bothKindsOfTimeoutCount() {
        assertThat(last(new RetryState(0, null, 2), READ, ATTEMPT)).isEqualTo(STOP);
        assertThat(last(new RetryState(0, null, 1), ATTEMPT)).isEqualTo(STOP);
    }

    @Test
    void nothingElseCounts() {
        assertThat(last(new RetryState(0, null, 2), READ, CONNECT, LOST, ANSWERED, CONNECT))
                .isInstanceOf(NextStep.Retry.class);
        assertThat(last(new RetryState(0, null, 2), READ, CONNECT, LOST, ANSWERED, READ))
                .isEqualTo(STOP);
    }

    @Test
    void withoutASettingThePolicyAloneBounds() {
        assertThat(last(new RetryState(0, null), READ, READ, READ, READ, READ, READ, READ, READ))
                .isInstanceOf(NextStep.Retry.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void belowOneIsRefused(int count) {
        assertThatThrownBy(() -> Operation.named("token").mostTimeouts(count))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mostTimeouts must be 1 or more, but is " + count);
    }
}
