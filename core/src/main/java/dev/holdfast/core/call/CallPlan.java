package dev.holdfast.core.call;

import dev.holdfast.core.CallOptions;
import dev.holdfast.core.Operation;
import dev.holdfast.core.error.RequestView;
import dev.holdfast.core.gate.Gate;
import dev.holdfast.core.retry.Replay;
import dev.holdfast.core.time.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a door knows of a call before it starts.
 *
 * @param request method, path and query
 * @param operation the operation that it belongs to
 * @param gate the gate that its attempts pass
 * @param oneShot whether the request's body cannot be sent a second time
 * @param callersLimit how long the caller's client lets the call take, or null for no such limit
 * @param options the caller's word on this request
 */
public record CallPlan(
        RequestView request,
        Operation operation,
        Gate gate,
        boolean oneShot,
        @Nullable Duration callersLimit,
        CallOptions options) {

    /** The caller's replay, or the operation's; a body that cannot be sent twice never is. */
    Replay replay() {
        Replay asked = options.replay() == null ? operation.replay() : options.replay();
        return oneShot ? Replay.NEVER : asked;
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
