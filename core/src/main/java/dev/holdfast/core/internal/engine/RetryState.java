package dev.holdfast.core.internal.engine;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.internal.decide.TransportFaultRules;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has happened in one call so far, as far as the engine must know it. Used by one thread at a time. */
public final class RetryState {
    static final long NONE = Long.MAX_VALUE;

    /** A user's own rule for it has a name of its own, and then its own pace: {@code boot()} waits its patience so. */
    private static final String CONNECT_TIMEOUT = "fault/connect-timeout";

    private final long startNanos;
    private final long callersLimitNanos;
    private final int mostTimeouts;
    private int boundedFailures;
    private int timeouts;
    private int connectTimeouts;
    private boolean connected;
    private @Nullable Set<Verdict.Renewal> renewed;
    private @Nullable PaceState lanes;
    private boolean cut;

    /** One pace's history, and the next one's: a call rarely meets two. */
    static final class PaceState {
        private final Pace pace;
        private final @Nullable PaceState next;
        private final long sinceNanos;
        private int waits;
        private @Nullable Duration previous;

        private PaceState(Pace pace, long sinceNanos, @Nullable PaceState next) {
            this.pace = pace;
            this.next = next;
            this.sinceNanos = sinceNanos;
        }

        long sinceNanos() {
            return sinceNanos;
        }

        int waits() {
            return waits;
        }

        @Nullable
        Duration previous() {
            return previous;
        }

        void waited(Duration wait) {
            waits++;
            previous = wait;
        }
    }

    /**
     * A call that begins.
     *
     * @param startNanos the monotonic time of its start
     * @param callersLimit how long the caller lets it take, beside the policy; null for no such limit
     */
    public RetryState(long startNanos, @Nullable Duration callersLimit) {
        this(startNanos, callersLimit, Integer.MAX_VALUE);
    }

    /**
     * A call that begins.
     *
     * @param startNanos the monotonic time of its start
     * @param callersLimit how long the caller lets it take, beside the policy; null for no such limit
     * @param mostTimeouts how many of its attempts may time out without a response
     */
    public RetryState(long startNanos, @Nullable Duration callersLimit, int mostTimeouts) {
        this.mostTimeouts = mostTimeouts;
        this.startNanos = startNanos;
        this.callersLimitNanos =
                callersLimit == null ? NONE : dev.holdfast.core.internal.time.Durations.saturatedNanos(callersLimit);
    }

    /**
     * The call's start.
     *
     * @return monotonic nanoseconds
     */
    public long startNanos() {
        return startNanos;
    }

    long callersLimitNanos() {
        return callersLimitNanos;
    }

    int countBoundedFailure() {
        return ++boundedFailures;
    }

    /**
     * Counts connects that timed out.
     *
     * @return true if this attempt is one, and none of the call has had a connection
     */
    boolean connects(Decision decision) {
        if (decision.rule().equals(CONNECT_TIMEOUT)) {
            connectTimeouts++;
            return !connected;
        }
        connected |= decision.kind() != ErrorKind.UNREACHABLE || decision.processed() != Processed.NO;
        return false;
    }

    /** Counts an attempt that timed out without a response. Returns true if the operation allows no further one. */
    boolean timesOut(Decision decision) {
        boolean silent = TransportFaultRules.isSilence(decision.rule());
        timeouts += silent ? 1 : 0;
        return silent && timeouts >= mostTimeouts;
    }

    int connectTimeouts() {
        return connectTimeouts;
    }

    /** Notes that a wait is cut to the deadline. Returns false if one was cut before: the attempt after it was the last. */
    boolean cutToDeadline() {
        boolean first = !cut;
        cut = true;
        return first;
    }

    boolean renewed(Verdict.Renewal what) {
        return renewed != null && renewed.contains(what);
    }

    void markRenewed(Verdict.Renewal what) {
        renewed = renewed == null ? EnumSet.noneOf(Verdict.Renewal.class) : renewed;
        renewed.add(what);
    }

    PaceState state(Pace pace, long nowNanos) {
        PaceState known = laneOrNull(pace);
        if (known != null) {
            return known;
        }
        PaceState first = new PaceState(pace, nowNanos, lanes);
        lanes = first;
        return first;
    }

    boolean hasLanes() {
        return lanes != null;
    }

    @Nullable
    PaceState laneOrNull(Pace pace) {
        for (PaceState state = lanes; state != null; state = state.next) {
            if (state.pace == pace) {
                return state;
            }
        }
        return null;
    }
}
