package dev.holdfast.core.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.Limiters;
import dev.holdfast.core.internal.call.CallBench;
import dev.holdfast.core.internal.call.FakeAnswer;
import dev.holdfast.core.internal.call.FakeCall;
import dev.holdfast.core.internal.call.FakeResponse;
import dev.holdfast.core.internal.call.Way;
import dev.holdfast.core.policy.Limits;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two components with different limits for one endpoint: neither fails, and the smaller value of each setting holds. */
class ClaimsTest {
    @RegisterExtension
    final CallBench bench = CallBench.manual();

    private static final Duration SECOND = Duration.ofSeconds(1);

    private Holdfast with(Limiters shared, Limits limits) {
        return bench.unbounded().limiters(shared).limits("default", limits).build();
    }

    @Test
    void theSmallerValueOfEachSettingHolds() {
        Limits one = Limits.NONE.rate(1, SECOND).concurrency(9).retryBudget(5, 0.5, 2);
        Limits other = Limits.NONE.rate(1, Duration.ofMillis(10)).concurrency(3).retryBudget(50, 0.01, 0);
        Limits both = Limits.NONE.rate(1, SECOND).concurrency(3).retryBudget(5, 0.01, 0);
        assertThat(Claims.smaller(one, other)).isEqualTo(both).isEqualTo(Claims.smaller(other, one));
        assertThat(Claims.smaller(one, Limits.NONE)).isEqualTo(one.retryBudget(5, 0.1, 1));
        assertThat(Claims.smaller(Limits.NONE, Limits.NONE)).isEqualTo(Limits.NONE);
    }

    @ParameterizedTest
    @EnumSource
    void theOtherComponentsLimitHoldsForBoth(Way way) throws Exception {
        bench.service.always(FakeAnswer.ok());
        Limiters shared = Limiters.isolated(bench.time, bench.time);
        Holdfast wide = with(shared, Limits.NONE);
        // Under way before there was anything to count: it must not give back what it never took.
        FakeResponse uncounted = bench.call(wide).start(way).response();
        Holdfast narrow = with(shared, Limits.NONE.concurrency(1));
        FakeResponse first = bench.call(narrow).start(way).response();
        uncounted.close();
        FakeCall second = bench.call(wide).start(way);
        bench.time.awaitWaiters(2);
        assertThat(second.hasEnded()).isFalse();
        first.close();
        assertThat(second.close()).isEqualTo(200);
        assertThat(narrow.service()).isSameAs(wide.service());
    }

    @Test
    void aLongerIntervalHoldsFromTheAttemptBefore() throws Exception {
        Queue queue = new Queue(Queue.every(SECOND));
        Object narrower = new Object();
        queue.enter(SECOND);
        queue.limiter.claim(narrower, Queue.every(SECOND.multipliedBy(3)));
        queue.enter(Duration.ofMinutes(1));
        queue.enter(Duration.ofMinutes(1));
        queue.time.advance(Duration.ofSeconds(10));
        assertThat(queue.gaps()).containsExactly(SECOND, SECOND.multipliedBy(3));
        assertThat(narrower).isNotNull();
    }

    @Test
    void aLimitEndsWithItsOwner() {
        Queue queue = new Queue(Limits.NONE);
        claimByAPassingOwner(queue);
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
        while (queue.limiter.settings().concurrency() != 0 && System.nanoTime() - end < 0) {
            System.gc();
            if (queue.limiter.tryEnter() == EndpointLimiter.Permit.COUNTED) {
                queue.limiter.release();
            }
        }
        assertThat(queue.limiter.settings()).isEqualTo(Limits.NONE);
    }

    private static void claimByAPassingOwner(Queue queue) {
        Object owner = new Object();
        queue.limiter.claim(owner, Limits.NONE.concurrency(1));
        assertThat(queue.limiter.settings().concurrency()).isOne();
    }

    @Test
    void aSmallerBudgetTakesWhatHasNoRoom() {
        Queue queue = new Queue(Limits.NONE);
        Object owner = new Object();
        queue.limiter.claim(owner, Limits.NONE.retryBudget(2, 0.1, 1));
        assertThat(queue.limiter.budget().tokens()).isEqualTo(2);
        assertThat(owner).isNotNull();
    }
}
