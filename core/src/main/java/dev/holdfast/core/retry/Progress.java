package dev.holdfast.core.retry;

import dev.holdfast.core.error.Pace;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What has happened in one call so far, as far as the engine must know it. Used by one thread at a time. */
public final class Progress {
    static final long NONE = Long.MAX_VALUE;

    private final long startNanos;
    private final long callersLimitNanos;
    private int boundedFailures;
    private boolean renewed;
    private @Nullable Map<Pace, Lane> lanes;

    /** One pace's history. */
    static final class Lane {
        private final long sinceNanos;
        private int waits;
        private @Nullable Duration previous;

        private Lane(long sinceNanos) {
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
    public Progress(long startNanos, @Nullable Duration callersLimit) {
        this.startNanos = startNanos;
        this.callersLimitNanos =
                callersLimit == null ? NONE : dev.holdfast.core.time.Durations.saturatedNanos(callersLimit);
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

    boolean renewed() {
        return renewed;
    }

    void markRenewed() {
        renewed = true;
    }

    Lane lane(Pace pace, long nowNanos) {
        if (lanes == null) {
            lanes = new EnumMap<>(Pace.class);
        }
        return lanes.computeIfAbsent(pace, p -> new Lane(nowNanos));
    }

    boolean hasLanes() {
        return lanes != null;
    }

    @Nullable
    Lane laneOrNull(Pace pace) {
        return lanes == null ? null : lanes.get(pace);
    }
}
