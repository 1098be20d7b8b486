package dev.holdfast.core.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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
}
