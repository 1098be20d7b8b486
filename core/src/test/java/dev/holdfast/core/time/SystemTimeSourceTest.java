package dev.holdfast.core.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SystemTimeSourceTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final TimeSource clock = TimeSource.system();

    @Test
    void tellsTheMachinesTime() {
        Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        assertThat(clock.now()).isBetween(before, Instant.now());
        long earlier = System.nanoTime();
        assertThat(clock.nanoTime() - earlier).isNotNegative();
    }

    @Test
    void aLatchEndsTheWait() throws Exception {
        CountDownLatch woken = new CountDownLatch(1);
        Thread waker = new Thread(woken::countDown);
        waker.start();
        assertThat(clock.await(woken, LONG)).isTrue();
        waker.join();
    }

    @Test
    void zeroAndLessReturnAtOnce() throws Exception {
        assertThat(clock.await(new CountDownLatch(1), Duration.ZERO)).isFalse();
        assertThat(clock.await(new CountDownLatch(1), Duration.ofSeconds(Long.MIN_VALUE)))
                .isFalse();
        assertThat(clock.await(new CountDownLatch(0), Duration.ZERO)).isTrue();
    }

    @Test
    void anInterruptBeforeTheWaitEndsIt() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> clock.await(new CountDownLatch(1), LONG)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }
}
