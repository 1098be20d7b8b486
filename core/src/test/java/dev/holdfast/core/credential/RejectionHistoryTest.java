package dev.holdfast.core.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.time.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RejectionHistoryTest {
    private static final Duration MINUTE = Duration.ofSeconds(60);
    private static final Duration TICK = Duration.ofNanos(1);

    private final VirtualTime time = VirtualTime.manual();
    private final RejectionHistory refusals = new RejectionHistory(time);

    @AfterEach
    void shutDown() {
        time.shutDown();
    }

    private static Credential token(int number) {
        return Tokens.token(number, null);
    }

    @Test
    void aRefusedOneIsKnownForSixtySecondsAndNoLonger() throws InterruptedException {
        refusals.add(token(1), false);
        time.advance(MINUTE.minus(TICK));
        assertThat(refusals.knows(token(1))).isTrue();
        assertThat(refusals.last()).isEqualTo(token(1));
        time.advance(TICK);
        assertThat(refusals.last()).isNull();
        assertThat(refusals.knows(token(1))).isFalse();
    }

    @Test
    void fourAreRememberedAndARepetitionTakesNoPlace() {
        for (int i = 1; i <= 4; i++) {
            refusals.add(token(i), false);
        }
        refusals.add(token(2), false);
        assertThat(refusals.knows(token(1))).isTrue();
        refusals.add(token(5), false);
        assertThat(refusals.knows(token(1))).isFalse();
        assertThat(refusals.knows(token(2))).isTrue();
        assertThat(refusals.last()).isEqualTo(token(5));
    }

    @Test
    void oneThatTheServiceHadTakenIsForgivenOnce() {
        refusals.add(token(1), true);
        refusals.add(token(2), false);
        assertThat(refusals.forgives(token(2))).isFalse();
        assertThat(refusals.knows(token(2))).isTrue();
        assertThat(refusals.forgives(token(1))).isTrue();
        assertThat(refusals.forgives(token(1))).isFalse();
        assertThat(refusals.knows(token(1))).isFalse();
    }

    @Test
    void theCoolDownBeginsAtOneSecondAndDoublesUpToSixty() throws InterruptedException {
        assertThat(refusals.left()).isZero();
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            refusals.replacing();
            assertThat(refusals.left()).isEqualTo(Duration.ofSeconds(seconds));
            time.advance(Duration.ofSeconds(seconds).minus(TICK));
            assertThat(refusals.left()).isEqualTo(TICK);
            // The next replacement must begin within 60 s of the last one for the cool-down to double.
            if (seconds < 60) {
                time.advance(TICK);
                assertThat(refusals.left()).isZero();
            }
        }
    }

    @Test
    void aReplacementSixtySecondsAfterTheLastBeginsAnew() throws InterruptedException {
        refusals.replacing();
        time.advance(MINUTE.minus(TICK));
        refusals.replacing();
        assertThat(refusals.left()).isEqualTo(Duration.ofSeconds(2));
        time.advance(MINUTE);
        refusals.replacing();
        assertThat(refusals.left()).isEqualTo(Duration.ofSeconds(1));
        time.advance(Duration.ofHours(1));
        assertThat(refusals.left()).isZero();
    }
}
