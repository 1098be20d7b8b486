package dev.holdfast.emulators.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.emulators.connections.IdlePolls.Result;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The promise of docs/networking.md: wrapping a client makes no poll fail and adds no wait where the server closes idle connections. */
class IdlePollsTest {

    @Test
    void sixtyPollsWithThePlainClientAndWithTheWrappedOne() throws Exception {
        Result plain = IdlePolls.plain();
        Result wrapped = IdlePolls.wrapped();

        assertThat(plain.failed()).isZero();
        assertThat(wrapped.failed()).isZero();
        assertThat(wrapped.waited()).isEqualTo(Duration.ZERO);
        // Each poll but the first meets one dead connection at most, and needs one further attempt for it.
        assertThat(wrapped.attempts()).isBetween(IdlePolls.POLLS, 2 * IdlePolls.POLLS - 1);
    }
}
