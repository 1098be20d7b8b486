package dev.holdfast.core.call;

import dev.holdfast.core.Operation;
import dev.holdfast.core.error.RequestView;
import dev.holdfast.core.gate.Gate;
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
 */
public record CallPlan(
        RequestView request,
        Operation operation,
        Gate gate,
        boolean oneShot,
        @Nullable Duration callersLimit) {}
