package dev.holdfast.core;

import dev.holdfast.core.retry.Replay;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The caller's word on one request: a tag of an OkHttp request, an argument elsewhere. Immutable.
 *
 * <pre>{@code
 * request.newBuilder().tag(CallOptions.class, CallOptions.none().withReplay(Replay.SAFE))
 * }</pre>
 *
 * @param replay when this request may be sent again; null for what its operation says
 * @param deadline how long this call may take, beside every other bound; null for no further bound
 * @param quiet whether nothing about this call is logged above DEBUG
 * @param rebuild rebuilds the request before each attempt, or null where it stays as it is
 */
public record CallOptions(
        @Nullable Replay replay,
        @Nullable Duration deadline,
        boolean quiet,
        @Nullable RequestRebuild rebuild) {
    private static final CallOptions NONE = new CallOptions(null, null, false, null);

    /**
     * Checks the deadline.
     *
     * @param replay when this request may be sent again; null for what its operation says
     * @param deadline how long this call may take, beside every other bound; null for no further bound
     * @param quiet whether nothing about this call is logged above DEBUG
     * @param rebuild rebuilds the request before each attempt, or null where it stays as it is
     */
    public CallOptions {
        if (deadline != null && (deadline.isZero() || deadline.isNegative())) {
            throw new IllegalArgumentException("deadline must be above zero, but is " + deadline);
        }
    }

    /**
     * Nothing beyond the defaults.
     *
     * @return the shared instance
     */
    public static CallOptions none() {
        return NONE;
    }

    /**
     * The same with a replay, which overrides the operation's.
     *
     * @param value when this request may be sent again
     * @return a copy
     */
    public CallOptions withReplay(Replay value) {
        return new CallOptions(Objects.requireNonNull(value, "replay must not be null"), deadline, quiet, rebuild);
    }

    /**
     * The same with a deadline of its own.
     *
     * @param limit above zero
     * @return a copy
     * @throws IllegalArgumentException if not above zero
     */
    public CallOptions withDeadline(Duration limit) {
        return new CallOptions(replay, Objects.requireNonNull(limit, "deadline must not be null"), quiet, rebuild);
    }

    /**
     * The same without log lines above DEBUG, for calls whose failure is no news.
     *
     * @return a copy
     */
    public CallOptions quietly() {
        return new CallOptions(replay, deadline, true, rebuild);
    }

    /**
     * The same with a hook that rebuilds the request before each attempt: for what is signed or dated within the URL or the body, such as a SAS.
     * Where the vendor says that this has expired, the hook is what a reauthentication renews.
     *
     * @param hook rebuilds the request
     * @return a copy
     */
    public CallOptions withRebuild(RequestRebuild hook) {
        return new CallOptions(replay, deadline, quiet, Objects.requireNonNull(hook, "rebuild must not be null"));
    }
}
