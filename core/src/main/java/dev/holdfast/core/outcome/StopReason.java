package dev.holdfast.core.outcome;

import java.util.Locale;

/** Why a call made no further attempt. */
public enum StopReason {
    /** The last answer is a success. */
    SUCCEEDED,
    /** The decision about the last answer or fault is to fail. */
    FAILED,
    /** The policy's number of attempts is used up. */
    ATTEMPTS,
    /** The patience of the pace is used up. */
    PATIENCE,
    /** The deadline has passed, or the next wait would pass it. */
    DEADLINE,
    /** The server's retry-after is longer than the policy's cap or than what is left of the deadline. */
    RETRY_AFTER_TOO_LONG,
    /** The retry budget is used up. */
    BUDGET,
    /** The limiter did not let the attempt through in time. */
    NOT_PERMITTED,
    /** The request must not be sent twice, or cannot be. */
    NOT_REPEATABLE,
    /** A fresh credential was refused too. */
    REFUSED_AGAIN,
    /** A credential would have to be renewed and there is no source for it. */
    NO_CREDENTIAL,
    /** The request is addressed to a host that is not the service's own; it was not sent. */
    HOST_REFUSED,
    /** Somebody cancelled the call. */
    CANCELLED,
    /** The calling thread was interrupted. */
    INTERRUPTED,
    /** A callback of the caller threw. */
    CALLBACK_FAILED;

    private final String id = name().toLowerCase(Locale.ROOT);

    /**
     * The name in logs and JSON.
     *
     * @return the lower-case name
     */
    public String id() {
        return id;
    }
}
