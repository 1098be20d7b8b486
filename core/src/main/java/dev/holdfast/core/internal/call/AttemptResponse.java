package dev.holdfast.core.internal.call;

import dev.holdfast.core.response.ResponseView;
import org.jspecify.annotations.Nullable;

/**
 * An answer as a adapter received it.
 *
 * @param response the client's response; its body is still whole for whoever gets it
 * @param status its HTTP status
 * @param answer the view that was asked for, or null where it was not
 * @param <R> the client's own type of response
 */
public record AttemptResponse<R>(
        R response, int status, @Nullable ResponseView answer) {}
