package dev.holdfast.benchmarks;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.Operation;
import dev.holdfast.core.Service;
import dev.holdfast.core.backoff.Backoff;
import dev.holdfast.core.error.Pace;
import dev.holdfast.core.gate.GateSettings;
import dev.holdfast.core.time.Clock;
import dev.holdfast.ibm.IbmVpcMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

/** Holdfast as it is measured: a real service; its gate and its waits are not what is measured. */
final class Ours {
    private Ours() {}

    /** No limit; the retry budget is on. */
    static Holdfast open() {
        return settings(GateSettings.OPEN).build();
    }

    /** A rate limit that is asked for every call and holds none back. */
    static Holdfast limited() {
        return settings(GateSettings.OPEN.withRate(1, Duration.ofMillis(1)))
                .clock(new FastClock())
                .policy(policy -> policy.deadline(Duration.ofDays(1)))
                .build();
    }

    /** No wait before a further attempt, and no budget: one retry for each success is ten times what it allows. */
    static Holdfast impatient() {
        Holdfast.Builder builder = settings(GateSettings.OPEN).withoutBudget();
        for (Pace pace : Pace.values()) {
            builder.backoff(pace, Backoff.fixed(Duration.ZERO));
        }
        return builder.build();
    }

    private static Holdfast.Builder settings(GateSettings gate) {
        Service service = IbmVpcMetadata.SERVICE;
        Holdfast.Builder builder = Holdfast.builder(service).attemptTimeout(Duration.ofSeconds(10));
        service.operations().stream()
                .map(Operation::category)
                .distinct()
                .forEach(category -> builder.gate(category, gate));
        return builder;
    }

    /** The shortest interval of a gate is a millisecond; by this clock that is 50 ns, less than any call takes. */
    private static final class FastClock implements Clock {
        private static final int TIMES = 20_000;

        private final long origin = Clock.system().nanoTime();

        @Override
        public Instant now() {
            return Clock.system().now();
        }

        @Override
        public long nanoTime() {
            return (Clock.system().nanoTime() - origin) * TIMES;
        }

        @Override
        public boolean await(CountDownLatch woken, Duration atMost) throws InterruptedException {
            return Clock.system().await(woken, atMost.dividedBy(TIMES));
        }
    }
}
