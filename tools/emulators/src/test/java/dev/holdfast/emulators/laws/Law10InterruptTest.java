package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import java.io.InterruptedIOException;
import java.time.Duration;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Law 10: an interrupt ends the call and is still there afterwards for whoever sent it. */
class Law10InterruptTest {
    // Guards BlockingDriver: Thread.currentThread().interrupt() wherever an InterruptedException ends a call
    @RegisterExtension
    final Bench bench = Bench.manual();

    private Background<Response> caller() {
        return Background.run(() -> bench.call(bench.azure()).execute());
    }

    private void assertInterrupted(Background<Response> caller, int attempts) throws Exception {
        assertThat(caller.thrown()).isInstanceOf(InterruptedIOException.class);
        assertThat(Outcome.of(caller.thrown()).reason()).isEqualTo(StopReason.INTERRUPTED);
        assertThat(Outcome.of(caller.thrown()).attempts()).hasSize(attempts);
        assertThat(caller.interruptedAtItsEnd()).isTrue();
        assertThat(bench.requests()).isOne();
    }

    @Test
    void inAWait() throws Exception {
        bench.script.always(Bench.status(503));
        Background<Response> caller = caller();
        bench.time.awaitWaiters(1);

        caller.interrupt();

        assertInterrupted(caller, 1);
    }

    /** OkHttp hears an interrupt when the socket has something to say; what comes then is not followed by another attempt. */
    @Test
    void inAnAttemptThatIsToBeRepeated() throws Exception {
        bench.script.add(Bench.answer(503, "x".repeat(500_000)).build());
        bench.script.hold();
        Background<Response> caller = caller();
        bench.script.next();

        caller.interrupt();
        bench.script.release();

        assertThat(caller.thrown()).isInstanceOf(InterruptedIOException.class);
        assertThat(Outcome.of(caller.thrown()).reason()).isEqualTo(StopReason.INTERRUPTED);
        assertThat(caller.interruptedAtItsEnd()).isTrue();
        assertThat(bench.requests()).isOne();
    }

    @Test
    void aThreadThatIsInterruptedAlreadyKeepsItsFlag() throws Exception {
        bench.script.always(Bench.status(503));
        Background<Response> caller = Background.run(() -> {
            Thread.currentThread().interrupt();
            return bench.call(bench.azure()).execute();
        });

        assertThat(caller.thrown()).isInstanceOf(InterruptedIOException.class);
        assertThat(Outcome.of(caller.thrown()).reason()).isEqualTo(StopReason.INTERRUPTED);
        assertThat(caller.interruptedAtItsEnd()).isTrue();
        assertThat(bench.time.elapsed()).isEqualTo(Duration.ZERO);
    }
}
