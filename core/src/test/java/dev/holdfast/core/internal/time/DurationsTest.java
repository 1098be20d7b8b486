package dev.holdfast.core.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DurationsTest {
    private static final long FOREVER_NANOS = Durations.FOREVER.toNanos();

    @ParameterizedTest
    @MethodSource
    void saturates(Duration duration, long nanos) {
        assertThat(Durations.saturatedNanos(duration)).isEqualTo(nanos);
    }

    static Stream<Arguments> saturates() {
        return Stream.of(
                Arguments.of(Duration.ZERO, 0L),
                Arguments.of(Duration.ofNanos(1), 1L),
                Arguments.of(Duration.ofNanos(-1), -1L),
                Arguments.of(Duration.ofNanos(-1_500_001), -1_500_001L),
                Arguments.of(Durations.FOREVER.minusNanos(1), FOREVER_NANOS - 1),
                Arguments.of(Durations.FOREVER, FOREVER_NANOS),
                Arguments.of(Durations.FOREVER.plusNanos(1), FOREVER_NANOS),
                Arguments.of(Duration.ofSeconds(Long.MAX_VALUE), FOREVER_NANOS),
                Arguments.of(Durations.FOREVER.negated(), -FOREVER_NANOS),
                Arguments.of(Duration.ofSeconds(Long.MIN_VALUE), -FOREVER_NANOS));
    }

    @Test
    void foreverLeavesRoomForAddition() {
        assertThat(Math.addExact(FOREVER_NANOS, FOREVER_NANOS)).isPositive();
    }

    @Test
    void shorterAndLonger() {
        Duration shorter = Duration.ofMillis(1);
        Duration longer = Duration.ofMillis(2);
        assertThat(Durations.min(shorter, longer)).isEqualTo(shorter);
        assertThat(Durations.min(longer, shorter)).isEqualTo(shorter);
        assertThat(Durations.max(shorter, longer)).isEqualTo(longer);
        assertThat(Durations.max(longer, shorter)).isEqualTo(longer);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 ms",
        "PT0.9999S, 999 ms",
        "PT1S, 1 s",
        "PT2.15S, 2.2 s",
        "PT75.04S, 75 s",
        "PT90S, 90 s",
        "PT119.94S, 119.9 s",
        "PT119.96S, 2 min",
        "PT2M, 2 min",
        "PT3M5S, 3 min 5 s",
        "PT59M59.4S, 59 min 59 s",
        "PT59M59.6S, 1 h",
        "PT1H, 1 h",
        "PT1H5M, 1 h 5 min",
        "P2DT29S, 48 h",
        "PT-90S, -90 s",
        "P99999999D, 876000 h",
        "P-99999999D, -876000 h",
    })
    void aPersonReadsIt(Duration duration, String text) {
        assertThat(Durations.text(duration)).isEqualTo(text);
    }
}
