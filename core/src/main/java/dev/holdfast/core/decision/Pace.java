package dev.holdfast.core.decision;

import java.util.Locale;

/** How fast to come back; each pace has one backoff in a policy. */
public enum Pace {
    /** A short disturbance: fractions of a second, doubling. Bounded by attempts. */
    TRANSIENT,
    /** The service wants less: about a second, doubling. Bounded by attempts. */
    THROTTLE,
    /** Something is being started: seconds. Bounded by patience. */
    STARTUP,
    /** The endpoint is being maintained: around ten seconds. Bounded by patience. */
    MAINTENANCE;

    private final String id = name().toLowerCase(Locale.ROOT);

    /**
     * The name in data, logs and JSON.
     *
     * @return the lower-case name
     */
    public String id() {
        return id;
    }

    /**
     * What bounds the waiting.
     *
     * @return true if patience (a time) bounds this pace, false if the number of attempts does
     */
    public boolean boundedByPatience() {
        return this == STARTUP || this == MAINTENANCE;
    }
}
