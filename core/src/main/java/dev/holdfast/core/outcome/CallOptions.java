package dev.holdfast.core.outcome;

import dev.holdfast.core.policy.RetrySafety;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The caller's word on one request: a tag of an OkHttp request, an argument elsewhere. Immutable.
 *
 * <pre>{@code
 * request.newBuilder().tag(CallOptions.class, CallOptions.none().withReplay(RetrySafety.ALWAYS))
 * }</pre>
 */
public final class CallOptions {
    private static final CallOptions NONE = new CallOptions(null, null, false, null);

    private final @Nullable RetrySafety retrySafety;
    private final @Nullable Duration deadline;
    private final boolean quiet;
    private final @Nullable RequestRebuild rebuild;

    private CallOptions(
            @Nullable RetrySafety retrySafety,
            @Nullable Duration deadline,
            boolean quiet,
            @Nullable RequestRebuild rebuild) {
        if (deadline != null && (deadline.isZero() || deadline.isNegative())) {
            throw new IllegalArgumentException("deadline must be above zero, but is " + deadline);
        }
        this.retrySafety = retrySafety;
        this.deadline = deadline;
        this.quiet = quiet;
        this.rebuild = rebuild;
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
    public CallOptions withReplay(RetrySafety value) {
        return new CallOptions(Objects.requireNonNull(value, "retrySafety must not be null"), deadline, quiet, rebuild);
    }

    /**
     * The same with a deadline of its own.
     *
     * @param limit above zero
     * @return a copy
     * @throws IllegalArgumentException if not above zero
     */
    public CallOptions withDeadline(Duration limit) {
        return new CallOptions(retrySafety, Objects.requireNonNull(limit, "deadline must not be null"), quiet, rebuild);
    }

    /**
     * The same without log lines above DEBUG, for calls whose failure is no news.
     *
     * @return a copy
     */
    public CallOptions quietly() {
        return new CallOptions(retrySafety, deadline, true, rebuild);
    }

    /**
     * The same with a hook that rebuilds the request before each attempt: for what is signed or dated within the URL or the body, such as a SAS.
     * Where the vendor says that this has expired, the hook is what a reauthentication renews.
     *
     * @param hook rebuilds the request
     * @return a copy
     */
    public CallOptions withRebuild(RequestRebuild hook) {
        return new CallOptions(retrySafety, deadline, quiet, Objects.requireNonNull(hook, "rebuild must not be null"));
    }

    /**
     * When this request may be sent again.
     *
     * @return the replay, or null for what its operation says
     */
    public @Nullable RetrySafety retrySafety() {
        return retrySafety;
    }

    /**
     * How long this call may take, beside every other bound.
     *
     * @return the deadline, or null for no further bound
     */
    public @Nullable Duration deadline() {
        return deadline;
    }

    /**
     * Whether nothing about this call is logged above DEBUG.
     *
     * @return true if it is quiet
     */
    public boolean quiet() {
        return quiet;
    }

    /**
     * What rebuilds the request before each attempt.
     *
     * @return the hook, or null where the request stays as it is
     */
    public @Nullable RequestRebuild rebuild() {
        return rebuild;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallOptions that
                && retrySafety == that.retrySafety
                && Objects.equals(deadline, that.deadline)
                && quiet == that.quiet
                && Objects.equals(rebuild, that.rebuild);
    }

    @Override
    public int hashCode() {
        return Objects.hash(retrySafety, deadline, quiet, rebuild);
    }

    @Override
    public String toString() {
        return "CallOptions[replay=" + retrySafety + ", deadline=" + deadline + ", quiet=" + quiet + ", rebuild="
                + rebuild + "]";
    }
}
