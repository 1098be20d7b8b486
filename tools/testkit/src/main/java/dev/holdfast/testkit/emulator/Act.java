package dev.holdfast.testkit.emulator;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A part of a scenario: one effect on the next requests.
 *
 * @param effect what happens to each
 * @param times how many requests it happens to
 * @param lasts how long it goes on, by the emulator's clock and from the first request that meets it; null for as long as {@code times} says
 * @param path the beginning of the paths that it happens to, or null for all
 * @param tokensOnly whether it happens only to requests for a token or another credential
 */
public record Act(
        Effect effect,
        int times,
        @Nullable Duration lasts,
        @Nullable String path,
        boolean tokensOnly) {

    /**
     * Checks the parts.
     *
     * @param effect what happens to each
     * @param times how many requests it happens to
     * @param lasts how long it goes on, or null
     * @param path the beginning of the paths, or null
     * @param tokensOnly whether it happens only to requests for a token or another credential
     * @throws IllegalArgumentException if there is nothing to play
     */
    public Act {
        Objects.requireNonNull(effect, "effect must not be null");
        if (times < 1) {
            throw new IllegalArgumentException("count must be 1 or more, but is " + times);
        }
        if (lasts != null && (lasts.isZero() || lasts.isNegative())) {
            throw new IllegalArgumentException("length must be above zero, but is " + lasts);
        }
        if (path != null && !path.startsWith("/")) {
            throw new IllegalArgumentException("path must begin with a slash, but is \"" + path + "\"");
        }
    }

    /**
     * A part for all requests of its paths.
     *
     * @param effect what happens to each
     * @param times how many requests it happens to
     * @param lasts how long it goes on, or null
     * @param path the beginning of the paths, or null
     * @throws IllegalArgumentException if there is nothing to play
     */
    public Act(Effect effect, int times, @Nullable Duration lasts, @Nullable String path) {
        this(effect, times, lasts, path, false);
    }

    boolean concerns(String requestPath, boolean forToken) {
        // What becomes of a credential shows where it is used, not where another one is asked for.
        if (forToken ? effect instanceof Effect.Credentials : tokensOnly) {
            return false;
        }
        return path == null
                || requestPath.equals(path)
                || requestPath.startsWith(path.endsWith("/") ? path : path + "/");
    }
}
