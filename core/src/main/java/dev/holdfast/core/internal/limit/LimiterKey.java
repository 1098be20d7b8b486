package dev.holdfast.core.internal.limit;

import java.util.Objects;

/**
 * Names what calls must have in common to share a limiter.
 *
 * @param service the service's id
 * @param authority host and port that the requests go to
 * @param category the rate that they count towards
 */
public record LimiterKey(String service, String authority, String category) {

    /**
     * Checks that nothing is missing.
     *
     * @param service the service's id
     * @param authority host and port that the requests go to
     * @param category the rate that they count towards
     */
    public LimiterKey {
        Objects.requireNonNull(service, "service must not be null");
        Objects.requireNonNull(authority, "authority must not be null");
        Objects.requireNonNull(category, "category must not be null");
    }

    @Override
    public String toString() {
        return service + "@" + authority + "/" + category;
    }
}
