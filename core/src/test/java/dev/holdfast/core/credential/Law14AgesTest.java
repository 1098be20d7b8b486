package dev.holdfast.core.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.time.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Law 14: ages by the greater of both clocks. Fails without {@code Durations.max} in Timestamp.age. */
class Law14AgesTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final VirtualTime time = VirtualTime.manual();
    private final CachingCredentialSource source = new Tokens(HOUR).source(time).build();

    private String token() {
        return source.current().join().secret().value();
    }

    @Test
    void afterASuspensionTheMonotonicClockHasStoodStill() {
        assertThat(token()).isEqualTo("token-1");
        time.jumpWall(HOUR.multipliedBy(2));
        assertThat(token()).isEqualTo("token-2");
    }

    @Test
    void aWallClockThatWasSetBackKeepsNothingAlive() throws InterruptedException {
        assertThat(token()).isEqualTo("token-1");
        time.jumpWall(HOUR.multipliedBy(-24));
        assertThat(token()).isEqualTo("token-1");
        time.advance(HOUR);
        assertThat(token()).isEqualTo("token-2");
    }

    @Test
    void aWallClockThatStandsStillKeepsNothingAlive() {
        assertThat(token()).isEqualTo("token-1");
        time.jumpMonotonic(HOUR);
        assertThat(token()).isEqualTo("token-2");
    }

    @Test
    void aSmallStepOfTheWallClockChangesNothing() throws InterruptedException {
        assertThat(token()).isEqualTo("token-1");
        time.jumpWall(Duration.ofMinutes(5));
        time.advance(Duration.ofMinutes(30));
        assertThat(token()).isEqualTo("token-1");
    }
}
