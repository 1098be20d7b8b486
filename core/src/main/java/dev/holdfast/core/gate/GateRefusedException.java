package dev.holdfast.core.gate;

import dev.holdfast.core.HoldfastException;

/** The gate did not let an attempt through within its deadline; nothing was sent. */
public final class GateRefusedException extends HoldfastException {
    private static final long serialVersionUID = 1;

    /**
     * An exception about one gate.
     *
     * @param service the service's id
     * @param category the rate that the call counts towards
     */
    public GateRefusedException(String service, String category) {
        super(
                "The gate of " + service + ", category " + category
                        + ", has no place before the deadline: too many calls of this process are waiting for it, or the service asked for a pause.");
    }
}
