package dev.holdfast.core.internal.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.Limiters;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.internal.limit.EndpointLimiter;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.time.Scheduler;
import dev.holdfast.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Law 10: a scheduler or a time source of the caller that breaks ends the call that needs it, once, and leaves no place in the limiter. */
class BrokenSchedulerTest {
    private static final Limits ONE_AT_A_TIME = Limits.NONE.concurrency(1);
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final IllegalStateException BROKEN = new IllegalStateException("broken");

    @RegisterExtension
    final CallBench bench = CallBench.manual();

    /** A scheduler that works until it is told to break. */
    private final class Breaking implements Scheduler {
        private final CountDownLatch used = new CountDownLatch(1);
        private volatile boolean broken;
        private volatile boolean cancelBreaks;

        @Override
        public Timer schedule(Runnable task, Consumer<RejectedExecutionException> lost, Duration delay) {
            if (broken) {
                throw BROKEN;
            }
            Timer timer = bench.time.schedule(task, lost, delay);
            used.countDown();
            return () -> {
                timer.cancel();
                if (cancelBreaks) {
                    throw BROKEN;
                }
            };
        }
    }

    private final Breaking scheduler = new Breaking();

    private Holdfast holdfast(Limits limits, TimeSource clock) {
        bench.service.always(FakeAnswer.ok());
        return bench.unbounded()
                .limits("default", limits)
                .limiters(Limiters.isolated(clock, scheduler))
                .build();
    }

    private void assertBroken(FakeCall call) throws InterruptedException {
        // A copy where the same object has ended another call.
        assertThat(call.thrown()).hasSameClassAs(BROKEN).hasMessage("broken");
        assertThat(call.reason()).isEqualTo(StopReason.CALLBACK_FAILED);
        assertThat(call.timesTold()).isOne();
    }

    private void assertFree(Holdfast holdfast) {
        assertThat(bench.limiter(holdfast, CallBench.READ).tryEnter())
                .as("the place is free")
                .isNotEqualTo(EndpointLimiter.Permit.NONE);
    }

    /** Guards WaitQueue.stay: the wait for a place gets no bound, so nothing would end it. */
    @ParameterizedTest
    @EnumSource
    void whenAWaitForAPlaceBegins(Way way) throws Exception {
        Holdfast holdfast = holdfast(ONE_AT_A_TIME, bench.time);
        FakeResponse first = bench.call(holdfast).start(Way.BLOCKING).response();
        scheduler.broken = true;
        assertBroken(bench.call(holdfast).start(way));
        first.close();
        assertFree(holdfast);
        assertThat(bench.requests()).isOne();
    }

    /** Guards WaitQueue.wakeAt, called by the newcomer: nothing would wake the first waiter. */
    @ParameterizedTest
    @EnumSource
    void whenAWaitForTheRateBegins(Way way) throws Exception {
        Holdfast holdfast = holdfast(Limits.NONE.rate(1, INTERVAL), bench.time);
        bench.call(holdfast).start(Way.BLOCKING).close();
        scheduler.broken = true;
        assertBroken(bench.call(holdfast).start(way));
        bench.time.advance(INTERVAL);
        assertFree(holdfast);
    }

    /** Guards WaitQueue.wakeAt, called by the call before: it closes its response, and must not be told of the waiter's trouble. */
    @ParameterizedTest
    @EnumSource
    void whenThePlaceIsGivenBack(Way way) throws Exception {
        Holdfast holdfast = holdfast(ONE_AT_A_TIME.rate(1, INTERVAL), bench.time);
        FakeResponse first = bench.call(holdfast).start(Way.BLOCKING).response();
        FakeCall second = bench.call(holdfast).start(way);
        scheduler.used.await();
        scheduler.broken = true;
        assertThatCode(first::close).doesNotThrowAnyException();
        assertBroken(second);
        bench.time.advance(INTERVAL);
        assertFree(holdfast);
    }

    /** Guards TimerCancel: a waiter whose expiry cannot be taken back has its place all the same. */
    @ParameterizedTest
    @EnumSource
    void whenTheExpiryIsTakenBack(Way way) throws Exception {
        scheduler.cancelBreaks = true;
        Holdfast holdfast = holdfast(ONE_AT_A_TIME, bench.time);
        FakeResponse first = bench.call(holdfast).start(Way.BLOCKING).response();
        FakeCall second = bench.call(holdfast).start(way);
        scheduler.used.await();
        assertThatCode(first::close).doesNotThrowAnyException();
        assertThat(second.close()).isEqualTo(200);
        assertThat(second.timesTold()).isOne();
        assertFree(holdfast);
    }

    /** Guards TimerCancel: a cancel ends a wait whose timer cannot be taken back, in a limiter as between two attempts. */
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void whenACancelTakesATimerBack(boolean inTheLimiter) throws Exception {
        scheduler.cancelBreaks = true;
        bench.service.answers(FakeAnswer.status(inTheLimiter ? 200 : 503));
        Holdfast holdfast = holdfast(inTheLimiter ? ONE_AT_A_TIME : Limits.NONE, bench.time).toBuilder()
                .backoff(Pace.TRANSIENT, Backoff.fixed(INTERVAL))
                .scheduler(scheduler)
                .build();
        FakeCall first = inTheLimiter ? bench.call(holdfast).start(Way.BLOCKING).await() : null;
        FakeCall waiting = bench.call(holdfast).start(Way.ASYNC);
        scheduler.used.await();
        assertThatCode(waiting::cancel).doesNotThrowAnyException();
        assertThat(waiting.thrown()).hasMessage("Canceled");
        assertThat(waiting.reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(waiting.timesTold()).isOne();
        if (first != null) {
            first.close();
            assertFree(holdfast);
        }
    }

    /** Guards EndpointLimiter.enter: the expiry tells the waiter before enter returns, so the caller must not be told again. */
    @ParameterizedTest
    @EnumSource
    void whenItRunsATaskInPlace(Way way) throws Exception {
        bench.service.always(FakeAnswer.ok());
        Holdfast holdfast = bench.unbounded()
                .limits("default", ONE_AT_A_TIME)
                .limiters(Limiters.isolated(bench.time, (task, lost, delay) -> {
                    task.run();
                    return () -> {};
                }))
                .build();
        FakeResponse first = bench.call(holdfast).start(Way.BLOCKING).response();
        FakeCall second = bench.call(holdfast).start(way);
        assertThat(second.reason()).isEqualTo(StopReason.NOT_PERMITTED);
        // A second end would come from a thread of the client: no call is told before this.
        bench.service.threads.shutdown();
        assertThat(bench.service.threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(second.timesTold()).isOne();
        first.close();
        assertFree(holdfast);
    }

    /** Guards the catch in AsyncDriver and in BlockingDriver: the rate is judged by the caller's own time source. */
    @ParameterizedTest
    @EnumSource
    void theTimeSourceBreaksInTheLimiter(Way way) throws Exception {
        int[] reads = {0};
        int[] breaksAt = {Integer.MAX_VALUE};
        TimeSource clock = new TimeSource() {
            @Override
            public Instant now() {
                return bench.time.now();
            }

            @Override
            public boolean await(CountDownLatch woken, Duration atMost) throws InterruptedException {
                return bench.time.await(woken, atMost);
            }

            @Override
            public synchronized long nanoTime() {
                if (++reads[0] > breaksAt[0]) {
                    throw BROKEN;
                }
                return bench.time.nanoTime();
            }
        };
        // tryEnter reads the time once, enter before it queues the waiter, and once more behind it.
        for (int more = 1; more <= 2; more++) {
            breaksAt[0] = Integer.MAX_VALUE;
            Holdfast holdfast = holdfast(Limits.NONE.rate(1, INTERVAL), clock);
            bench.call(holdfast).start(Way.BLOCKING).close();
            breaksAt[0] = reads[0] + more;
            assertBroken(bench.call(holdfast).start(way));
            breaksAt[0] = Integer.MAX_VALUE;
            bench.time.advance(INTERVAL);
            assertFree(holdfast);
        }
    }
}
