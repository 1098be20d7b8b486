package dev.holdfast.core.internal.call;

import dev.holdfast.core.internal.limit.EndpointLimiter;
import dev.holdfast.core.internal.time.Durations;
import dev.holdfast.core.outcome.CallOptions;
import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.service.Operation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an adapter knows of a call before it starts.
 *
 * @param request method, path and query
 * @param operation the operation that it belongs to
 * @param limiter the limiter that its attempts pass
 * @param oneShot whether the request's body cannot be sent a second time
 * @param callersLimit how long the caller's client lets the call take, or null for no such limit
 * @param options the caller's word on this request
 */
public record CallContext(
        RequestView request,
        Operation operation,
        EndpointLimiter limiter,
        boolean oneShot,
        @Nullable Duration callersLimit,
        CallOptions options) {

    /**
     * The caller's replay, or the operation's; a body that cannot be sent twice never is.
     *
     * @return when this request may be sent again
     */
    public RetrySafety retrySafety() {
        RetrySafety asked = options.retrySafety() == null ? operation.retrySafety() : options.retrySafety();
        return oneShot ? RetrySafety.NEVER : asked;
    }

    /** The least of the caller's bounds, or null where there is none. */
    @Nullable
    Duration limit() {
        Duration own = options.deadline();
        if (own == null || callersLimit == null) {
            return own == null ? callersLimit : own;
        }
        return Durations.min(own, callersLimit);
    }
}
