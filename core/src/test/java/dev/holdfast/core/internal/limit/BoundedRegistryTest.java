package dev.holdfast.core.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.time.VirtualTime;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Law 15: registries are bounded, and what has anything to remember stays. */
class BoundedRegistryTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final VirtualTime time = VirtualTime.manual();
    private final LimiterRegistry registry = new LimiterRegistry(time, time, null);

    private static LimiterKey host(int number) {
        return new LimiterKey("test/service", "host-" + number + ":80", "default");
    }

    /** Has the garbage collector work until something shows it, for at most 4 minutes: a slow machine must fail no test. */
    private static void collectUntil(BooleanSupplier shown) {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
        while (!shown.getAsBoolean() && System.nanoTime() - end < 0) {
            System.gc();
        }
        assertThat(shown.getAsBoolean()).isTrue();
    }

    private static void awaitCleared(WeakReference<?> reference) {
        collectUntil(() -> reference.refersTo(null));
    }

    @Test
    void aHundredThousandHostsAreNotRemembered() {
        for (int i = 0; i < 100_000; i++) {
            registry.limiter(host(i), Limits.NONE, this);
        }
        collectUntil(() -> {
            registry.sweep();
            return registry.size() == 0;
        });
    }

    /** What a limiter can remember. */
    enum State {
        PAUSE((limiter, now) -> limiter.pause("", MINUTE)),
        SPENT_BUDGET((limiter, now) -> limiter.budget().trySpend(false)),
        OUTAGE((limiter, now) -> limiter.outage().open(dev.holdfast.core.decision.ErrorKind.UNAVAILABLE, now)),
        RATE((limiter, now) -> limiter.tryEnter()),
        HALF_RATE((limiter, now) -> limiter.throttled()),
        UNDER_WAY((limiter, now) -> limiter.tryEnter());

        private final BiConsumer<EndpointLimiter, Long> gained;

        State(BiConsumer<EndpointLimiter, Long> gained) {
            this.gained = gained;
        }

        Limits limits() {
            return this == UNDER_WAY ? Limits.NONE.concurrency(1) : Limits.NONE.rate(1, MINUTE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLimiterWithSomethingToRememberIsKept(State state) throws InterruptedException {
        WeakReference<EndpointLimiter> limiter = new WeakReference<>(registry.limiter(host(1), state.limits(), this));
        WeakReference<EndpointLimiter> other = new WeakReference<>(registry.limiter(host(2), state.limits(), this));
        registry.sweep();
        // The hold is loose by now: what comes next must firm it.
        state.gained.accept(registry.limiter(host(1), state.limits(), this), time.nanoTime());
        registry.sweep();
        awaitCleared(other);
        assertThat(limiter.refersTo(null)).isFalse();
        if (state == State.UNDER_WAY) {
            registry.limiter(host(1), state.limits(), this).release();
        }
        time.advance(Duration.ofHours(1));
        registry.sweep();
        awaitCleared(limiter);
        time.shutDown();
    }

    /** Two limiters of one key would know nothing of each other's pause. */
    @Test
    void aLimiterInUseStaysTheOneOfItsKey() {
        EndpointLimiter inUse = registry.limiter(host(1), Limits.NONE, this);
        WeakReference<EndpointLimiter> other = new WeakReference<>(registry.limiter(host(2), Limits.NONE, this));
        registry.sweep();
        awaitCleared(other);
        registry.sweep();
        assertThat(List.of(registry.limiter(host(1), Limits.NONE, this))).containsExactly(inUse);
        assertThat(registry.size()).isOne();
    }
}
