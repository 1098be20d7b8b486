package dev.holdfast.core.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.policy.Limits;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The arithmetic of the retry budget, to the thousandth, and under many threads. */
class RetryBudgetTest {
    private final Queue queue = new Queue(Limits.NONE);
    private final RetryBudget budget = queue.limiter.budget();

    private void spend(int retries) {
        for (int i = 0; i < retries; i++) {
            assertThat(budget.trySpend(false)).as("retry %d", i + 1).isTrue();
        }
    }

    @Test
    void tenTokensAndNotOneMore() {
        spend(10);
        assertThat(budget.tokens()).isZero();
        assertThat(budget.trySpend(false)).isFalse();
        assertThat(budget.trySpend(true)).isFalse();
        assertThat(budget.tokens()).isZero();
    }

    @Test
    void halfATokenAfterAThrottle() {
        for (int i = 0; i < 20; i++) {
            assertThat(budget.trySpend(true)).isTrue();
        }
        assertThat(budget.trySpend(true)).isFalse();
    }

    @Test
    void whatIsTooLittleForARetryMayDoAfterAThrottle() {
        spend(9);
        assertThat(budget.trySpend(true)).isTrue();
        assertThat(budget.trySpend(false)).isFalse();
        assertThat(budget.tokens()).isEqualTo(0.5);
        assertThat(budget.trySpend(true)).isTrue();
    }

    @Test
    void aTenthForASuccess() {
        spend(10);
        for (int i = 0; i < 9; i++) {
            budget.succeeded();
        }
        assertThat(budget.trySpend(false)).isFalse();
        budget.succeeded();
        assertThat(budget.tokens()).isEqualTo(1.0);
        assertThat(budget.trySpend(false)).isTrue();
    }

    @Test
    void neverMoreThanTen() throws Exception {
        budget.succeeded();
        assertThat(budget.tokens()).isEqualTo(10);
        queue.time.advance(Duration.ofHours(3));
        spend(10);
        assertThat(budget.trySpend(false)).isFalse();
    }

    @Test
    void oneForAMinuteAndNothingForAMomentLess() throws Exception {
        spend(10);
        queue.time.advance(Duration.ofMillis(59_999));
        assertThat(budget.trySpend(false)).isFalse();
        queue.time.advance(Duration.ofMillis(1));
        assertThat(budget.trySpend(false)).isTrue();
        assertThat(budget.trySpend(false)).isFalse();
    }

    @Test
    void thoseWhoAreRefusedOftenLoseNoTime() throws Exception {
        spend(10);
        for (int i = 0; i < 600; i++) {
            assertThat(budget.trySpend(false)).isFalse();
            queue.time.advance(Duration.ofMillis(100));
        }
        assertThat(budget.trySpend(false)).isTrue();
    }

    @Test
    void theMinutesArePaidOutOnceToSixtyFourThreads() throws Exception {
        spend(10);
        queue.time.advance(Duration.ofMinutes(5));
        assertThat(together(64, () -> budget.trySpend(false) ? 1 : 0)).isEqualTo(5);
        assertThat(budget.tokens()).isZero();
    }

    @Test
    void successesOfSixtyFourThreadsAreAllCounted() throws Exception {
        spend(10);
        together(64, () -> {
            budget.succeeded();
            return 0;
        });
        assertThat(budget.tokens()).isEqualTo(6.4);
    }

    private static int together(int threads, java.util.function.IntSupplier task) throws InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        CountDownLatch start = new CountDownLatch(1);
        AtomicInteger sum = new AtomicInteger();
        for (int i = 0; i < threads; i++) {
            executor.execute(() -> {
                try {
                    start.await();
                    sum.addAndGet(task.getAsInt());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        start.countDown();
        executor.shutdown();
        assertThat(executor.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS))
                .isTrue();
        return sum.get();
    }
}
