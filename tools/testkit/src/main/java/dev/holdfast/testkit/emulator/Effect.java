package dev.holdfast.testkit.emulator;

import dev.holdfast.core.response.HeaderFields;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a scenario does to one request. */
public sealed interface Effect {

    /** The service itself refuses, in the body that it has for the path. */
    enum Refusal implements Effect {
        /** 429, too many requests. */
        THROTTLED,
        /** 410, the host is being updated. */
        UPDATING,
        /** 503, out of order. */
        UNAVAILABLE,
        /** 404, not provisioned yet. */
        NOT_YET
    }

    /**
     * A fixed answer, whatever was asked.
     *
     * @param status its status
     * @param headers all of its headers but the length, or null for those of the service's own errors
     * @param body its body
     */
    record Fixed(int status, @Nullable HeaderFields headers, String body) implements Effect {
        /**
         * Checks the parts.
         *
         * @param status 200 to 599
         * @param headers all of its headers, or null
         * @param body its body
         * @throws IllegalArgumentException if the status is none of an answer
         */
        public Fixed {
            if (status < 200 || status > 599) {
                throw new IllegalArgumentException("status must be 200 to 599, but is " + status);
            }
            Objects.requireNonNull(body, "body must not be null");
        }
    }

    /** The connection is closed instead of an answer. */
    record Dropped() implements Effect {}

    /** The usual answer, but the connection is closed after half of its body. */
    record Truncated() implements Effect {}

    /**
     * The usual answer, its body in four parts.
     *
     * @param length how long the body takes, in real time
     */
    record Slow(Duration length) implements Effect {}

    /** No answer, until the client gives up. */
    record Stalled() implements Effect {}

    /**
     * The usual answer, once the limiter opens.
     *
     * @param limiter opens by being completed
     */
    record Held(CompletableFuture<?> limiter) implements Effect {}

    /** Something happens to the credentials that the service has issued; met only by requests that use one. */
    sealed interface Credentials extends Effect {}

    /** The service refuses the request's credential, whatever it is. */
    record CredentialRefused() implements Credentials {}

    /** All credentials that were issued until now have expired, this request's too. */
    record CredentialsExpired() implements Credentials {}

    /**
     * The service begins to sign with another key, and knows the old one for some time yet.
     *
     * @param overlap how long credentials of the old key are still good, by the emulator's clock
     */
    record KeysRotated(Duration overlap) implements Credentials {
        /**
         * Checks the overlap.
         *
         * @param overlap zero or more
         * @throws IllegalArgumentException if negative
         */
        public KeysRotated {
            if (overlap.isNegative()) {
                throw new IllegalArgumentException("overlap must be zero or more, but is " + overlap);
            }
        }
    }
}
