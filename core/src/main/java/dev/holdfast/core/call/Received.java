package dev.holdfast.core.call;

import dev.holdfast.core.error.Answer;
import org.jspecify.annotations.Nullable;

/**
 * An answer as a door received it.
 *
 * @param response the client's response; its body is still whole for whoever gets it
 * @param status its HTTP status
 * @param answer the view that was asked for, or null where it was not
 * @param <R> the client's own type of response
 */
public record Received<R>(R response, int status, @Nullable Answer answer) {}
