package dev.holdfast.core.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    void theLesserLifetimeCounts() {
        Duration minute = Duration.ofMinutes(1);
        Duration hour = Duration.ofHours(1);
        assertThat(Lifetimes.least(minute, hour)).isEqualTo(minute);
        assertThat(Lifetimes.least(hour, minute)).isEqualTo(minute);
        assertThat(Lifetimes.least(null, hour)).isEqualTo(hour);
        assertThat(Lifetimes.least(minute, null)).isEqualTo(minute);
        assertThat(Lifetimes.least(null, null)).isNull();
    }

    @Test
    void secondsComeAsNumbersAndAsTexts() {
        assertThat(Lifetimes.seconds(" 3600\n")).isEqualTo(Duration.ofHours(1));
        assertThat(Lifetimes.seconds("-5")).isEqualTo(Duration.ofSeconds(-5));
        assertThat(Lifetimes.seconds("4294967295")).isEqualTo(Duration.ofSeconds(4_294_967_295L));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", "soon", "1.5", "4294967296", "-4294967296", "9223372036854775807", "-9223372036854775808"})
    void whatIsNoNumberOfSecondsIsNotRead(@Nullable String text) {
        assertThat(Lifetimes.seconds(text)).isNull();
        assertThat(Lifetimes.instant(text)).isNull();
    }

    @Test
    void pointsInTimeComeAsDatesAndAsSeconds() {
        assertThat(Lifetimes.instant("2026-01-01T12:00:00Z")).isEqualTo(NOON);
        assertThat(Lifetimes.instant(" 2026-01-01T13:00:00.000+01:00 ")).isEqualTo(NOON);
        assertThat(Lifetimes.instant(Long.toString(NOON.getEpochSecond()))).isEqualTo(NOON);
    }
}
