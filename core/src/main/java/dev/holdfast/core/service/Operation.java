package dev.holdfast.core.service;

import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.core.response.RequestView;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A service's own sorting of requests: what it recognises and how such requests are treated. Immutable. */
public final class Operation {
    /** Requests that a service has no operation for: reads are safe, everything else is repeated only where surely nothing was done. */
    static final Operation OTHER_READ =
            named("other").retrySafety(RetrySafety.ALWAYS).build();

    static final Operation OTHER_WRITE =
            named("other").retrySafety(RetrySafety.IF_NOT_PROCESSED).build();

    private final String id;
    private final Predicate<RequestView> matches;
    private final RetrySafety retrySafety;
    private final @Nullable Duration attemptTimeout;
    private final int mostTimeouts;
    private final String category;
    private final boolean inspectSuccess;
    private final boolean withoutCredentials;

    private Operation(Builder builder) {
        this.id = builder.id;
        this.matches = builder.matches;
        this.retrySafety = builder.retrySafety;
        this.attemptTimeout = builder.attemptTimeout;
        this.mostTimeouts = builder.mostTimeouts;
        this.category = builder.category;
        this.inspectSuccess = builder.inspectSuccess;
        this.withoutCredentials = builder.withoutCredentials;
    }

    /**
     * Starts an operation.
     *
     * @param id its name within the service, such as {@code identity}
     * @return a new builder
     * @throws IllegalArgumentException if the id is blank or has a blank, a comma or an upper-case letter
     */
    public static Builder named(String id) {
        if (id == null || id.isBlank() || !id.equals(id.toLowerCase(Locale.ROOT)) || id.matches(".*[\\s,].*")) {
            throw new IllegalArgumentException(
                    "id must be lower case without blanks and commas, but is \"" + id + "\"");
        }
        return new Builder(id);
    }

    static Operation other(String method) {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS" -> OTHER_READ;
            default -> OTHER_WRITE;
        };
    }

    /**
     * Its name within the service.
     *
     * @return the id
     */
    public String id() {
        return id;
    }

    /**
     * Whether a request is one of these.
     *
     * @param request the request
     * @return true if it is
     */
    public boolean matches(RequestView request) {
        return matches.test(request);
    }

    /**
     * When such a request may be sent again.
     *
     * @return the replay
     */
    public RetrySafety retrySafety() {
        return retrySafety;
    }

    /**
     * How long one attempt may take.
     *
     * @return the timeout, or null for the policy's
     */
    public @Nullable Duration attemptTimeout() {
        return attemptTimeout;
    }

    /**
     * Returns how many attempts of one call may time out without a response.
     *
     * @return one or more; {@link Integer#MAX_VALUE} where only the policy's attempts bound them
     */
    public int mostTimeouts() {
        return mostTimeouts;
    }

    /**
     * Which rate such requests count towards.
     *
     * @return the category
     */
    public String category() {
        return category;
    }

    /**
     * Whether a success must be looked into, because it may be a failure in disguise.
     *
     * @return true if its body is read before it counts as a success
     */
    public boolean inspectSuccess() {
        return inspectSuccess;
    }

    /**
     * Whether such requests go without the credential that the service's other requests carry: they ask for it.
     *
     * @return true if no credential is applied and none is renewed
     */
    public boolean withoutCredentials() {
        return withoutCredentials;
    }

    @Override
    public String toString() {
        return "Operation[" + id + ", " + retrySafety + "]";
    }

    /** Collects settings. Not safe for several threads. */
    public static final class Builder {
        private final String id;
        private Predicate<RequestView> matches = request -> true;
        private RetrySafety retrySafety = RetrySafety.IF_NOT_PROCESSED;
        private @Nullable Duration attemptTimeout;
        private int mostTimeouts = Integer.MAX_VALUE;
        private String category = "default";
        private boolean inspectSuccess;
        private boolean withoutCredentials;

        private Builder(String id) {
            this.id = id;
        }

        /**
         * Only these methods.
         *
         * @param methods HTTP methods, upper case
         * @return this
         */
        public Builder methods(String... methods) {
            Set<String> allowed = Set.of(methods);
            return when(request -> allowed.contains(request.method()));
        }

        /**
         * Only this path and what is below it.
         *
         * @param path a path without a slash at its end, compared without case
         * @return this
         */
        public Builder path(String path) {
            return when(request -> isBelow(request.path(), path));
        }

        /**
         * Only requests of which this is true; conditions add up.
         *
         * @param condition a condition without side effects
         * @return this
         */
        public Builder when(Predicate<RequestView> condition) {
            matches = matches.and(Objects.requireNonNull(condition, "condition must not be null"));
            return this;
        }

        /**
         * When such a request may be sent again; {@link RetrySafety#IF_NOT_PROCESSED} by default.
         *
         * @param value the replay
         * @return this
         */
        public Builder retrySafety(RetrySafety value) {
            retrySafety = Objects.requireNonNull(value, "retrySafety must not be null");
            return this;
        }

        /**
         * How long one attempt may take; the policy's timeout by default.
         *
         * @param limit above zero
         * @return this
         * @throws IllegalArgumentException if not above zero
         */
        public Builder attemptTimeout(Duration limit) {
            if (limit.isZero() || limit.isNegative()) {
                throw new IllegalArgumentException("attemptTimeout must be above zero, but is " + limit);
            }
            attemptTimeout = limit;
            return this;
        }

        /**
         * Sets after how many attempts without a response a call ends. Default: as many as the policy allows. For an operation whose silence has a meaning, such
         * as a token request whose response does not pass a container's hop limit.
         *
         * @param count one or more
         * @return this
         * @throws IllegalArgumentException if the count is below one
         */
        public Builder mostTimeouts(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("mostTimeouts must be 1 or more, but is " + count);
            }
            mostTimeouts = count;
            return this;
        }

        /**
         * Which rate such requests count towards; {@code default} by default.
         *
         * @param name the category
         * @return this
         */
        public Builder category(String name) {
            category = Objects.requireNonNull(name, "category must not be null");
            return this;
        }

        /**
         * Looks into successes too.
         *
         * @return this
         */
        public Builder inspectSuccess() {
            inspectSuccess = true;
            return this;
        }

        /**
         * Carries no credential; by default an operation carries what the {@code Holdfast} instance's source gives.
         *
         * @return this
         */
        public Builder withoutCredentials() {
            withoutCredentials = true;
            return this;
        }

        /**
         * Makes the operation.
         *
         * @return the operation
         */
        public Operation build() {
            return new Operation(this);
        }

        private static boolean isBelow(String path, String top) {
            return path.regionMatches(true, 0, top, 0, top.length())
                    && (path.length() == top.length() || path.charAt(top.length()) == '/');
        }
    }
}
