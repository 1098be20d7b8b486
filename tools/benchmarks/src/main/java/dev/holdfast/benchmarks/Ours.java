package dev.holdfast.benchmarks;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.time.TimeSource;
import dev.holdfast.ibm.IbmVpcMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

/** Holdfast as it is measured: a real service; its limiter and its waits are not what is measured. */
final class Ours {
    private Ours() {}

    /** No limit; the retry budget is on. */
    static Holdfast open() {
        return settings(Limits.NONE).build();
    }

    /** A rate limit that is asked for every call and holds none back. */
    static Holdfast limited() {
        return settings(Limits.NONE.rate(1, Duration.ofMillis(1)))
                .timeSource(new FastClock())
                .deadline(Duration.ofDays(1))
                .build();
    }

    /** No wait before a further attempt, and no budget: one retry for each success is ten times what it allows. */
    static Holdfast impatient() {
        Holdfast.Builder builder = settings(Limits.NONE).withoutBudget();
        for (Pace pace : Pace.values()) {
            builder.backoff(pace, Backoff.fixed(Duration.ZERO));
        }
        return builder.build();
    }

    private static Holdfast.Builder settings(Limits limiter) {
        Service service = IbmVpcMetadata.SERVICE;
        Holdfast.Builder builder = Holdfast.builder(service).attemptTimeout(Duration.ofSeconds(10));
        service.operations().stream()
                .map(Operation::category)
                .distinct()
                .forEach(category -> builder.limits(category, limiter));
        return builder;
    }

    /** The shortest interval of a limiter is a millisecond; by this clock that is 50 ns, less than any call takes. */
    private static final class FastClock implements TimeSource {
        private static final int TIMES = 20_000;

        private final long origin = TimeSource.system().nanoTime();

        @Override
        public Instant now() {
            return TimeSource.system().now();
        }

        @Override
        public long nanoTime() {
            return (TimeSource.system().nanoTime() - origin) * TIMES;
        }

        @Override
        public boolean await(CountDownLatch woken, Duration atMost) throws InterruptedException {
            return TimeSource.system().await(woken, atMost.dividedBy(TIMES));
        }
    }
}
