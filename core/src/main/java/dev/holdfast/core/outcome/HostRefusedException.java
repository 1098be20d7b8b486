package dev.holdfast.core.outcome;

/**
 * A request is addressed to an origin (scheme, host and port) that is not the service's own; it was not sent, because it may carry a credential.
 * The message names the part that is wrong, the origins of all services that the client or factory asks, and what can be done.
 */
public final class HostRefusedException extends HoldfastException {
    private static final long serialVersionUID = 2;

    /**
     * An exception about one address.
     *
     * @param service the service's id
     * @param wrong the part of the address that is wrong, such as {@code The port 8080 of 169.254.169.254}
     * @param origins the allowed origins, by service
     * @param wayOut what can be done, as a sentence
     */
    public HostRefusedException(String service, String wrong, String origins, String wayOut) {
        super(wrong + " is not one of " + service + "'s own, and the request was not sent. Allowed: " + origins + ". "
                + wayOut);
    }
}
