package dev.holdfast.core.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.internal.call.CallBench;
import dev.holdfast.core.internal.call.FakeAnswer;
import dev.holdfast.core.internal.call.FakeCall;
import dev.holdfast.core.internal.call.Way;
import dev.holdfast.core.outcome.CallOptions;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.time.Scheduler;
import dev.holdfast.core.time.TimeSource;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Law 15: a waiter that gives up leaves no debt. With a booking for each in EndpointLimiter.advance, the last would wait for minutes. */
class Law15NoDebtTest {
    private static final Duration INTERVAL = Duration.ofMillis(210);

    @RegisterExtension
    final CallBench bench = CallBench.manual();

    private FakeCall within(Holdfast holdfast, Duration deadline) {
        return bench.call(holdfast, CallBench.READ, CallOptions.none().withDeadline(deadline));
    }

    @Test
    void afterAThousandHastyAndAThousandCancelledTheNextWaitsOnePeriodAtMost() throws Exception {
        bench.service.always(FakeAnswer.ok());
        Holdfast holdfast = bench.holdfast()
                .deadline(Duration.ofMinutes(30))
                .limits("default", Queue.every(INTERVAL))
                .build();
        bench.call(holdfast).start(Way.ASYNC).close();
        List<FakeCall> hasty = new ArrayList<>();
        List<FakeCall> cancelled = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            hasty.add(within(holdfast, Duration.ofMillis(100)).start(Way.ASYNC));
            cancelled.add(within(holdfast, Duration.ofMinutes(30)).start(Way.ASYNC));
        }
        for (FakeCall each : hasty) {
            assertThat(each.reason()).isEqualTo(StopReason.NOT_PERMITTED);
        }
        cancelled.forEach(FakeCall::cancel);
        for (FakeCall each : cancelled) {
            assertThat(each.reason()).isEqualTo(StopReason.CANCELLED);
        }
        assertThat(bench.time.pending()).isZero();

        FakeCall next = within(holdfast, Duration.ofSeconds(1)).start(Way.ASYNC);
        bench.time.advance(INTERVAL);
        assertThat(next.close()).isEqualTo(200);
        assertThat(bench.requests()).isEqualTo(2);
        assertThat(bench.time.elapsed()).isEqualTo(INTERVAL);
    }

    @Test
    void whoseDeadlinePassesInTheQueueIsToldThenAndLeavesNothing() throws Exception {
        Queue queue = new Queue(Queue.every(INTERVAL).concurrency(1));
        Queue.Place first = queue.enter(Duration.ofMinutes(1));
        Queue.Place impatient = queue.enter(Duration.ofSeconds(1));
        Queue.Place patient = queue.enter(Duration.ofMinutes(1));
        queue.time.advance(Duration.ofSeconds(1));
        assertThat(queue.notPermitted).containsExactly(impatient);
        assertThat(impatient.at).isEqualTo(Duration.ofSeconds(1));
        queue.limiter.release();
        assertThat(queue.admitted).containsExactly(first, patient);
        assertThat(queue.time.pending()).isZero();
    }

    /** Guards Spacing.leastWait, which is asked before the rateLimiter is. */
    @Test
    void whoCannotBeServedInTimeIsRefusedWithoutABookingAndWithoutATimer() {
        Duration hour = Duration.ofHours(1);
        RateLimiterRegistry registry = RateLimiterRegistry.ofDefaults();
        EndpointLimiter limiter = new LimiterRegistry(TimeSource.system(), Scheduler.shared(), registry)
                .limiter(Queue.KEY, Queue.every(hour), this);
        RateLimiter rateLimiter = registry.find(Queue.KEY.toString()).orElseThrow();
        assertThat(limiter.tryEnter()).isNotEqualTo(EndpointLimiter.Permit.NONE);
        for (int i = 0; i < 3; i++) {
            assertThat(limiter.tryEnter()).isEqualTo(EndpointLimiter.Permit.NONE);
            assertThat(limiter.enter(new Waiter(() -> {}), Duration.ofMinutes(50)))
                    .isEqualTo(EndpointLimiter.Entry.REFUSED);
        }
        assertThat(rateLimiter.getMetrics().getAvailablePermissions())
                .as("nothing booked")
                .isZero();
        Waiter patient = new Waiter(() -> {});
        assertThat(limiter.enter(patient, hour.multipliedBy(2))).isEqualTo(EndpointLimiter.Entry.WAITS);
        assertThat(rateLimiter.getMetrics().getAvailablePermissions())
                .as("one booking, for the ticket that waits")
                .isNegative();
        limiter.leave(patient);

        Queue queue = new Queue(Queue.every(INTERVAL));
        queue.enter(INTERVAL);
        Queue.Place hasty = queue.enter(INTERVAL);
        assertThat(queue.notPermitted).containsExactly(hasty);
        assertThat(queue.time.pending()).isZero();
    }

    /** Without the look at its state in EndpointLimiter.enter, a ticket that was left before it was queued would be let in as well. */
    @Test
    void whoLeftBeforeHeWasQueuedIsNeverLetIn() throws Exception {
        Queue queue = new Queue(Queue.every(INTERVAL));
        queue.enter(Duration.ofMinutes(1));
        List<String> told = new ArrayList<>();
        Waiter ticket = new Waiter(() -> told.add("told"));
        assertThat(queue.limiter.leave(ticket)).isTrue();
        queue.limiter.enter(ticket, Duration.ofMinutes(1));
        queue.time.advance(Duration.ofMinutes(1));
        assertThat(told).isEmpty();
        assertThat(queue.limiter.admitted(ticket)).isFalse();
    }
}
