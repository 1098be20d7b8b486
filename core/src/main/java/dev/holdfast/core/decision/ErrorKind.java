package dev.holdfast.core.decision;

import java.util.Locale;

/** Why an answer is an error. */
public enum ErrorKind {
    /** Too many requests for the service's taste. */
    THROTTLED(Pace.THROTTLE),
    /** The service or something behind it is out of order for the moment. */
    UNAVAILABLE(Pace.TRANSIENT),
    /** Not there yet: it is still being provisioned, enabled or started. */
    NOT_READY(Pace.STARTUP),
    /** The endpoint itself is being maintained. */
    UPDATING(Pace.MAINTENANCE),
    /** The request carried no credential, or one that is not accepted. */
    UNAUTHENTICATED(Pace.TRANSIENT),
    /** The credential or signature was good once and is too old now. */
    EXPIRED(Pace.TRANSIENT),
    /** The caller is known and not allowed. */
    FORBIDDEN(Pace.TRANSIENT),
    /** The request itself is wrong. */
    INVALID_REQUEST(Pace.TRANSIENT),
    /** What was asked for does not exist. */
    NOT_FOUND(Pace.TRANSIENT),
    /** A person has not set this up, which is a normal and lasting state. */
    NOT_CONFIGURED(Pace.TRANSIENT),
    /** The request collides with the state of the resource or with another request. */
    CONFLICT(Pace.TRANSIENT),
    /** The service does not do this. */
    UNSUPPORTED(Pace.TRANSIENT),
    /** A quota or a stock is used up. */
    QUOTA_EXCEEDED(Pace.TRANSIENT),
    /** Money, order or account state stands in the way. */
    BILLING(Pace.TRANSIENT),
    /** Somebody else answered: a proxy, a relay, another cloud. */
    INTERMEDIARY(Pace.TRANSIENT),
    /** Nobody answered. */
    UNREACHABLE(Pace.TRANSIENT),
    /** Nothing known fits. */
    UNKNOWN(Pace.TRANSIENT);

    private final Pace pace;
    private final String id = name().toLowerCase(Locale.ROOT);

    ErrorKind(Pace pace) {
        this.pace = pace;
    }

    /**
     * How fast to come back when a row does not say otherwise.
     *
     * @return the pace that follows from this kind
     */
    public Pace pace() {
        return pace;
    }

    /**
     * The name in data, logs and JSON.
     *
     * @return the lower-case name, such as {@code not_ready}
     */
    public String id() {
        return id;
    }
}
