package dev.holdfast.core.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.time.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetchBackoffTest {
    private static final Duration TICK = Duration.ofNanos(1);

    private final VirtualTime time = VirtualTime.manual();
    private final IllegalStateException down = new IllegalStateException("down");

    @AfterEach
    void shutDown() {
        time.shutDown();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theFirstPauseIsHalfASecondToOneAndItDoublesUpToThirty(long seed) throws InterruptedException {
        FetchBackoff failures = new FetchBackoff(time, Randomness.seeded(seed));
        for (long most : new long[] {1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000}) {
            failures.add(down);
            time.advance(Duration.ofMillis(most / 2).minus(TICK));
            assertThat(failures.standing()).as("before half of %s ms", most).isSameAs(down);
            time.advance(Duration.ofMillis(most / 2).plus(TICK));
            assertThat(failures.standing()).as("after %s ms", most).isNull();
        }
    }

    @Test
    void theFirstInARowIsToldAndTheRowEndsWithASuccess() {
        FetchBackoff failures = new FetchBackoff(time, Randomness.seeded(1));
        assertThat(failures.clear()).isFalse();
        assertThat(failures.standing()).isNull();
        assertThat(failures.add(down)).isTrue();
        assertThat(failures.add(down)).isFalse();
        assertThat(failures.clear()).isTrue();
        assertThat(failures.standing()).isNull();
        assertThat(failures.clear()).isFalse();
        assertThat(failures.add(down)).isTrue();
    }

    @Test
    void aSuccessMakesTheNextPauseShortAgain() throws InterruptedException {
        FetchBackoff failures = new FetchBackoff(time, Randomness.seeded(1));
        for (int i = 0; i < 6; i++) {
            failures.add(down);
        }
        failures.clear();
        failures.add(down);
        time.advance(Duration.ofSeconds(1));
        assertThat(failures.standing()).isNull();
    }

    @Test
    void theLastOneStands() {
        FetchBackoff failures = new FetchBackoff(time, Randomness.seeded(1));
        failures.add(new IllegalStateException("earlier"));
        failures.add(down);
        assertThat(failures.standing()).isSameAs(down);
    }
}
