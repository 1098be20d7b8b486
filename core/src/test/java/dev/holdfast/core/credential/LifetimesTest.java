package dev.holdfast.core.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LifetimesTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void theServersClockCountsBeforeThisMachines() {
        Instant wrong = NOON.plusSeconds(3_000);
        assertThat(Lifetimes.until(NOON.plusSeconds(600), NOON, wrong)).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void thisMachinesClockCountsWhereTheServersIsNotKnown() {
        assertThat(Lifetimes.until(NOON.plusSeconds(600), null, NOON)).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void whatHasExpiredHasALifetimeOfZeroOrLess() {
        assertThat(Lifetimes.until(NOON, NOON, NOON.plusSeconds(1))).isZero();
        assertThat(Lifetimes.until(NOON, NOON.plusSeconds(5), NOON)).isEqualTo(Duration.ofSeconds(-5));
    }
}
