package dev.holdfast.core.internal.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.outcome.Attempt;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.service.Presence;
import dev.holdfast.core.service.TestService;
import dev.holdfast.core.time.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a probe found is remembered for its time, and one probe is under way at a time. */
class PresenceCheckTest {
    private static final Duration TICK = Duration.ofNanos(1);

    private final VirtualTime time = VirtualTime.manual();
    private final PresenceCheck check = new PresenceCheck(time);
    private final AtomicInteger probes = new AtomicInteger();

    @AfterEach
    void shutDown() {
        time.shutDown();
    }

    private Presence ask(Presence finds) {
        return check.ask(() -> {
            probes.incrementAndGet();
            return finds;
        });
    }

    @ParameterizedTest
    @CsvSource({"PRESENT, 600", "ABSENT, 30", "UNKNOWN, 5"})
    void whatWasFoundIsRememberedForItsTime(Presence found, long seconds) throws InterruptedException {
        assertThat(ask(found)).isEqualTo(found);
        time.advance(Duration.ofSeconds(seconds).minus(TICK));
        Presence another = found == Presence.PRESENT ? Presence.ABSENT : Presence.PRESENT;
        assertThat(ask(another)).isEqualTo(found);
        assertThat(probes).hasValue(1);
        time.advance(TICK);
        assertThat(ask(another)).isEqualTo(another);
        assertThat(probes).hasValue(2);
    }

    /** A suspended machine may wake up on another network: its monotonic clock stood still. */
    @Test
    void anAgeIsJudgedByTheClockThatMovedMore() {
        assertThat(ask(Presence.PRESENT)).isEqualTo(Presence.PRESENT);
        time.jumpWall(Duration.ofMinutes(11));
        assertThat(ask(Presence.ABSENT)).isEqualTo(Presence.ABSENT);
        time.jumpWall(Duration.ofMinutes(-20));
        assertThat(ask(Presence.PRESENT))
                .as("a clock that was set back adds nothing")
                .isEqualTo(Presence.ABSENT);
        time.jumpMonotonic(Duration.ofSeconds(30));
        assertThat(ask(Presence.PRESENT)).isEqualTo(Presence.PRESENT);
    }

    @Test
    void theTimeBeginsAtTheEndOfTheProbe() throws InterruptedException {
        check.ask(() -> {
            try {
                time.advance(Duration.ofSeconds(20));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Presence.ABSENT;
        });
        time.advance(Duration.ofSeconds(29));
        assertThat(ask(Presence.PRESENT)).isEqualTo(Presence.ABSENT);
        assertThat(probes).hasValue(0);
    }

    @Test
    void aProbeThatThrowsLeavesTheNextCallerFree() {
        assertThatIllegalStateException()
                .isThrownBy(() -> check.ask(() -> {
                    throw new IllegalStateException("no network");
                }))
                .withMessage("no network");
        assertThat(ask(Presence.PRESENT)).isEqualTo(Presence.PRESENT);
    }

    @ParameterizedTest
    @EnumSource
    void callersWhoComeDuringAProbeWaitForWhatItFinds(Presence found) throws Exception {
        CountDownLatch probing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        FutureTask<Presence> first = new FutureTask<>(() -> check.ask(() -> {
            probes.incrementAndGet();
            probing.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return found;
        }));
        new Thread(first, "first").start();
        probing.await();
        FutureTask<Presence> second = new FutureTask<>(() -> check.ask(() -> {
            probes.incrementAndGet();
            throw new IllegalStateException("a second probe");
        }));
        Thread waiting = new Thread(second, "second");
        waiting.start();
        // The second caller has come to the check, in one of two ways: it waits there, or, without the lock, it has its
        // answer.
        while (waiting.getState() != Thread.State.WAITING && !second.isDone()) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        assertThat(first.get()).isEqualTo(found);
        assertThat(second.get()).isEqualTo(found);
        assertThat(probes).hasValue(1);
    }

    private static Outcome ended(Integer status, ErrorKind kind, Processed processed, String rule) {
        Decision decision =
                Decision.of(Verdict.fail(), kind, rule, "Look.", "test").withProcessed(processed);
        Attempt attempt = status == null
                ? Attempt.unanswered(1, Duration.ZERO, Duration.ZERO, "IOException")
                : Attempt.answered(1, Duration.ZERO, Duration.ZERO, status);
        return TestService.outcome(StopReason.FAILED, attempt.withDecision(decision));
    }

    @ParameterizedTest
    @CsvSource({
        "404, NOT_FOUND, NO, test/plain/gone, PRESENT",
        "404, NOT_FOUND, NO, general/404, UNKNOWN",
        "404, INTERMEDIARY, UNKNOWN, test/plain/foreign-proxy, ABSENT",
        ", UNREACHABLE, NO, fault/connect, ABSENT",
        ", UNREACHABLE, NO, fault/dns, ABSENT",
        ", UNREACHABLE, NO, fault/connect-timeout, UNKNOWN",
        ", UNREACHABLE, NO, fault/connection-lost, UNKNOWN",
        ", UNREACHABLE, UNKNOWN, transport/connection-lost, UNKNOWN",
        ", UNAVAILABLE, NO, transport/read-timeout, UNKNOWN",
        ", INTERMEDIARY, NO, transport/tls-certificate, ABSENT"
    })
    void anEndOfAProbeIsReadByWhoAnswered(
            Integer status, ErrorKind kind, Processed did, String rule, Presence expected) {
        assertThat(PresenceCheck.read(ended(status, kind, did, rule))).isEqualTo(expected);
    }

    @Test
    void aSuccessIsPresenceAndNoOutcomeTellsNothing() {
        assertThat(PresenceCheck.read(Outcome.cleanSuccess("test/plain", "token", 200, Duration.ZERO)))
                .isEqualTo(Presence.PRESENT);
        assertThat(PresenceCheck.read(null)).isEqualTo(Presence.UNKNOWN);
        assertThat(PresenceCheck.read(TestService.outcome(StopReason.CANCELLED)))
                .isEqualTo(Presence.UNKNOWN);
    }
}
