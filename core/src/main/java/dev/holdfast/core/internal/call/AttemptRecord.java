package dev.holdfast.core.internal.call;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.outcome.Attempt;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that is over, and those before it. Each waiting call holds one, of its 800 B in all (ScaleMemoryTest, 2026-11-29): a list would add 48 B, and
 * the public {@code Attempt} in place of this another 48 B.
 */
final class AttemptRecord {
    private static final int NO_STATUS = Integer.MIN_VALUE;

    private final @Nullable AttemptRecord before;
    private final int number;
    private final int status;
    private final @Nullable String fault;
    private final @Nullable Decision decision;
    private final long startedAfterNanos;
    private final long tookNanos;
    private long pauseNanos;
    private boolean freshConnection;

    AttemptRecord(
            @Nullable AttemptRecord before,
            @Nullable Integer status,
            @Nullable String fault,
            @Nullable Decision decision,
            long startedAfterNanos,
            long tookNanos) {
        this.before = before;
        this.number = before == null ? 1 : before.number + 1;
        this.status = status == null ? NO_STATUS : status;
        this.fault = fault;
        this.decision = decision;
        this.startedAfterNanos = startedAfterNanos;
        this.tookNanos = tookNanos;
    }

    int number() {
        return number;
    }

    void pausedFor(Duration wait) {
        pauseNanos = wait.toNanos();
    }

    void onFreshConnection() {
        freshConnection = true;
    }

    boolean isOnFreshConnection() {
        return freshConnection;
    }

    Attempt attempt() {
        Duration start = Duration.ofNanos(startedAfterNanos);
        Duration took = Duration.ofNanos(tookNanos);
        Attempt attempt = status == NO_STATUS
                ? Attempt.unanswered(number, start, took, fault)
                : Attempt.answered(number, start, took, status);
        // Each copy is 40 B of the error path (JMH, 2026-11-29), so none is made for what is not there.
        if (decision != null) {
            attempt = attempt.withDecision(decision);
        }
        if (pauseNanos != 0) {
            attempt = attempt.withPause(Duration.ofNanos(pauseNanos));
        }
        return freshConnection ? attempt.onFreshConnection() : attempt;
    }

    /** All attempts in order. */
    static List<Attempt> attempts(@Nullable AttemptRecord last) {
        if (last == null) {
            return List.of();
        }
        Attempt[] all = new Attempt[last.number];
        for (AttemptRecord each = last; each != null; each = each.before) {
            all[each.number - 1] = each.attempt();
        }
        return Arrays.asList(all);
    }
}
