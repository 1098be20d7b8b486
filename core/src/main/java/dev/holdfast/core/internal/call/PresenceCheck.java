package dev.holdfast.core.internal.call;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.internal.time.Durations;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.service.Presence;
import dev.holdfast.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers whether a service is there. An absence is remembered for {@value #ABSENT_SECONDS} s, because a network may come up after its agent;
 * a presence for ten minutes; what is unknown for {@value #UNKNOWN_SECONDS} s. Ages are judged by the wall clock or the monotonic one, whichever has moved more: a
 * suspended machine may wake up elsewhere. Thread-safe; one at a time asks, and those who wait for it take what it finds.
 */
public final class PresenceCheck {
    /** How long an absence is believed, in seconds. */
    public static final int ABSENT_SECONDS = 30;

    /** How long nothing is asked after a probe that found nothing out, in seconds: on a silent network each probe takes its whole limit. */
    public static final int UNKNOWN_SECONDS = 5;

    /** The faults that prove an absence: refused, prohibited or no route, and a name that does not resolve. */
    private static final Set<String> NOBODY_THERE = Set.of("fault/connect", "fault/dns");

    private static final Duration PRESENT_FOR = Duration.ofMinutes(10);

    private final TimeSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLong probes = new AtomicLong();
    private @Nullable Presence found;
    private Duration lasts = Duration.ZERO;
    private Instant wall = Instant.EPOCH;
    private long steady;

    /**
     * Creates a memory that is empty.
     *
     * @param clock tells the time
     */
    public PresenceCheck(TimeSource clock) {
        this.clock = clock;
    }

    /**
     * What is remembered, or else what asking brings.
     *
     * @param probe makes one attempt
     * @return the presence
     */
    public Presence ask(Supplier<Presence> probe) {
        long before = probes.get();
        lock.lock();
        try {
            Presence last = found;
            if (last != null && probes.get() != before) {
                // Asked while this caller waited. Ten threads on a silent network would otherwise wait ten times as
                // long.
                return last;
            }
            if (last != null && age().compareTo(lasts) < 0) {
                return last;
            }
            Presence now = probe.get();
            lasts = switch (now) {
                case PRESENT -> PRESENT_FOR;
                case ABSENT -> Duration.ofSeconds(ABSENT_SECONDS);
                case UNKNOWN -> Duration.ofSeconds(UNKNOWN_SECONDS);
            };
            wall = clock.now();
            steady = clock.nanoTime();
            found = now;
            probes.incrementAndGet();
            return now;
        } finally {
            lock.unlock();
        }
    }

    private Duration age() {
        return Durations.max(Duration.between(wall, clock.now()), Duration.ofNanos(clock.nanoTime() - steady));
    }

    /**
     * Says what a response without the service's mark means.
     *
     * @param status the response's status
     * @return absent; unknown where a gateway may have answered for the service
     */
    static Presence unmarked(int status) {
        return status >= 500 || status == 408 || status == 429 ? Presence.UNKNOWN : Presence.ABSENT;
    }

    /**
     * What a probe's outcome says.
     *
     * @param outcome the outcome of the one attempt, or null where there is none
     * @return the presence
     */
    public static Presence read(@Nullable Outcome outcome) {
        if (outcome == null || outcome.attempts().isEmpty()) {
            return Presence.UNKNOWN;
        }
        Decision decision = outcome.decision();
        if (decision == null) {
            return Presence.PRESENT;
        }
        if (decision.kind() == ErrorKind.INTERMEDIARY) {
            return Presence.ABSENT;
        }
        boolean answered = outcome.attempts().get(0).status() != null;
        if (answered) {
            return decision.rule().startsWith(outcome.service()) ? Presence.PRESENT : Presence.UNKNOWN;
        }
        // A connect that timed out proves nothing: the machine may still boot, or a packet was lost.
        return NOBODY_THERE.contains(decision.rule()) ? Presence.ABSENT : Presence.UNKNOWN;
    }
}
