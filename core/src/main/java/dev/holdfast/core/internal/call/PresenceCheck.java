package dev.holdfast.core.internal.call;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.service.Presence;
import dev.holdfast.core.time.TimeSource;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers whether a service is there. An absence is remembered for {@value #ABSENT_SECONDS} s, because a network may come up after its agent;
 * a presence for ten minutes; what is unknown not at all. Safe for several threads; one at a time asks.
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
    private @Nullable Presence known;
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
        lock.lock();
        try {
            Presence remembered = known;
            if (remembered != null && until - clock.nanoTime() > 0) {
                return remembered;
            }
            Presence found = probe.get();
            Duration lasts = found == Presence.PRESENT ? PRESENT_FOR : Duration.ofSeconds(ABSENT_SECONDS);
            known = found == Presence.UNKNOWN ? null : found;
            until = clock.nanoTime() + lasts.toNanos();
            return found;
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
