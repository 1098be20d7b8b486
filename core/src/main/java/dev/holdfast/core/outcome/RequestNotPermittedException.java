package dev.holdfast.core.outcome;

/** The limiter did not let an attempt through within its deadline; nothing was sent. */
public final class RequestNotPermittedException extends HoldfastException {
    private static final long serialVersionUID = 1;

    /**
     * An exception about one limiter.
     *
     * @param service the service's id
     * @param category the rate that the call counts towards
     */
    public RequestNotPermittedException(String service, String category) {
        super(
                "The limiter of " + service + ", category " + category
                        + ", has no place before the deadline: too many calls of this process are waiting for it, or the service asked for a pause.");
    }
}
