package dev.holdfast.core.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomnessTest {

    @Test
    void theSameSeedGivesTheSameNumbers() {
        assertThat(draw(Randomness.seeded(7), 100)).isEqualTo(draw(Randomness.seeded(7), 100));
        assertThat(draw(Randomness.seeded(7), 100)).isNotEqualTo(draw(Randomness.seeded(8), 100));
    }

    /** A generator without a lock would hand the same number to two threads, or lose one. */
    @Test
    void seededServesSeveralThreads() throws Exception {
        int threads = 8;
        int each = 1_000;
        RandomGenerator shared = Randomness.seeded(42);
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<List<Long>>> tasks = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                tasks.add(() -> {
                    start.await();
                    return draw(shared, each);
                });
            }
            List<Long> drawn = new ArrayList<>();
            for (Future<List<Long>> future : pool.invokeAll(tasks)) {
                drawn.addAll(future.get());
            }
            assertThat(drawn).containsExactlyInAnyOrderElementsOf(draw(Randomness.seeded(42), threads * each));
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void unseededIsOneInstanceAndVaries() {
        assertThat(Randomness.threadLocal()).isSameAs(Randomness.threadLocal());
        assertThat(draw(Randomness.threadLocal(), 50)).doesNotHaveDuplicates();
    }

    @Test
    void uniformReachesBothEndsAndNothingElse() {
        RandomGenerator random = Randomness.seeded(1);
        List<Long> drawn = LongStream.generate(() -> Randomness.uniform(random, 3, 6))
                .limit(400)
                .distinct()
                .boxed()
                .toList();
        assertThat(drawn).containsExactlyInAnyOrder(3L, 4L, 5L, 6L);
    }

    @ParameterizedTest
    @CsvSource({"5, 5, 5", "5, 4, 5", "0, 0, 0", "0, -1, 0"})
    void anEmptyRangeGivesItsLeast(long low, long high, long drawn) {
        assertThat(Randomness.uniform(Randomness.seeded(1), low, high)).isEqualTo(drawn);
    }

    @Test
    void theLargestRangeDoesNotOverflow() {
        assertThat(Randomness.uniform(Randomness.seeded(1), 0, Long.MAX_VALUE)).isNotNegative();
    }

    private static List<Long> draw(RandomGenerator random, int count) {
        return LongStream.generate(random::nextLong).limit(count).boxed().toList();
    }
}
