package dev.holdfast.core.internal.call;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.service.Presence;
import dev.holdfast.core.time.TimeSource;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers whether a service is there. An absence is remembered for {@value #ABSENT_SECONDS} s, because a network may come up after its agent;
 * a presence for ten minutes; what is unknown not at all. Safe for several threads; one at a time asks, and those who wait for it take what it finds.
 */
public final class PresenceCheck {
    /** How long an absence is believed, in seconds. */
    public static final int ABSENT_SECONDS = 30;

    /** How long one probe may take. */
    public static final Duration LIMIT = Duration.ofSeconds(1);

    /** The faults that prove an absence: refused, prohibited or no route, and a name that does not resolve. */
    private static final Set<String> NOBODY_THERE = Set.of("fault/connect", "fault/dns");

    private static final Duration PRESENT_FOR = Duration.ofMinutes(10);

    private final TimeSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLong probes = new AtomicLong();
    private @Nullable Presence known;
    private @Nullable Presence found;
    private long until;

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
     * @param probe makes one attempt of at most {@link #LIMIT}
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
            Presence remembered = known;
            if (remembered != null && until - clock.nanoTime() > 0) {
                return remembered;
            }
            Presence now = probe.get();
            Duration lasts = now == Presence.PRESENT ? PRESENT_FOR : Duration.ofSeconds(ABSENT_SECONDS);
            known = now == Presence.UNKNOWN ? null : now;
            until = clock.nanoTime() + lasts.toNanos();
            found = now;
            probes.incrementAndGet();
            return now;
        } finally {
            lock.unlock();
        }
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
