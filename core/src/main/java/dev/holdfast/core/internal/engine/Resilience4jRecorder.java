package dev.holdfast.core.internal.engine;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.outcome.StopReason;
import io.github.resilience4j.core.IntervalBiFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the books of resilience4j-retry about what the engine decides, so that a user's registry, events and meters go on working. It decides
 * nothing: the instance's number of attempts is unbounded and its interval is the wait that was decided already. Safe for several threads.
 */
public final class Resilience4jRecorder {
    private static final RetryConfig CONFIG = RetryConfig.custom()
            .maxAttempts(Integer.MAX_VALUE)
            .retryOnException(thrown -> thrown instanceof Decided)
            .intervalBiFunction((IntervalBiFunction<Object>)
                    (attempt, either) -> either.getLeft() instanceof Decided decided ? decided.waitMillis : -1L)
            .build();

    private static final Resilience4jRecorder NONE = new Resilience4jRecorder(null);
    private static final Recording UNREAD = new Recording(null);

    private final @Nullable Retry retry;

    /** One for all first successes: a context keeps nothing of them but the count in its instance. */
    private final Retry.@Nullable AsyncContext<?> clean;

    private Resilience4jRecorder(@Nullable Retry retry) {
        this.retry = retry;
        this.clean = retry == null ? null : retry.asyncContext();
    }

    /**
     * No books: without a registry of the user's nobody could read them, and a page costs every waiting call 120 bytes.
     *
     * @return the same for all
     */
    public static Resilience4jRecorder none() {
        return NONE;
    }

    /**
     * Books in a user's registry.
     *
     * @param service the service's id, which names the instance
     * @param registry the user's registry
     * @return the books
     * @throws IllegalArgumentException if the registry has an instance of that name with another configuration: it would decide on its own
     */
    public static Resilience4jRecorder of(String service, RetryRegistry registry) {
        Retry retry = registry.retry(service, CONFIG);
        if (!retry.getRetryConfig().equals(CONFIG)) {
            throw new IllegalArgumentException("retryRegistry must not have an instance named \"" + service
                    + "\" of its own, but it has one with maxAttempts "
                    + retry.getRetryConfig().getMaxAttempts());
        }
        return new Resilience4jRecorder(retry);
    }

    /** A first attempt succeeded. */
    public void succeeded() {
        if (clean != null) {
            clean.onComplete();
        }
    }

    /**
     * A call's first attempt did not succeed.
     *
     * @return its page
     */
    public Recording open() {
        return retry == null ? UNREAD : new Recording(retry.asyncContext());
    }

    /** One call's page. Used by one thread at a time. */
    public static final class Recording {
        private final Retry.@Nullable AsyncContext<?> context;

        private Recording(Retry.@Nullable AsyncContext<?> context) {
            this.context = context;
        }

        /**
         * A further attempt follows.
         *
         * @param decision what the last attempt meant
         * @param wait how long is waited
         */
        public void again(Decision decision, Duration wait) {
            if (context != null) {
                context.onError(new Decided(decision.rule(), wait.toMillis()));
            }
        }

        /**
         * No further attempt follows.
         *
         * @param reason why
         */
        public void stopped(StopReason reason) {
            if (context != null) {
                context.onError(new Decided(reason.id(), -1));
            }
        }

        /** The last attempt succeeded. */
        public void succeeded() {
            if (context != null) {
                context.onComplete();
            }
        }
    }

    /** Tells the instance what was decided; without a stack trace, because nothing is wrong with the code. */
    private static final class Decided extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final long waitMillis;

        Decided(String what, long waitMillis) {
            super(what, null, false, false);
            this.waitMillis = waitMillis;
        }
    }
}
