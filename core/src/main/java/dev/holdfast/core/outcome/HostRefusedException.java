package dev.holdfast.core.outcome;

/** A request is addressed to a host that is not the service's own; it was not sent, because it may carry a credential. */
public final class HostRefusedException extends HoldfastException {
    private static final long serialVersionUID = 1;

    /**
     * An exception about one host.
     *
     * @param service the service's id
     * @param host the host that was asked for
     * @param allowed the hosts that are allowed
     */
    public HostRefusedException(String service, String host, String allowed) {
        super("The host \"" + host + "\" is not one of " + service + "'s own (" + allowed
                + "); the request was not sent. Use endpoint(URI) to replace the address.");
    }
}
