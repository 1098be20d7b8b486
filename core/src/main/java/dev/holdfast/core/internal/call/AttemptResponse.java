package dev.holdfast.core.internal.call;

import dev.holdfast.core.response.ResponseView;

/**
 * The response to one attempt, as an adapter received it.
 *
 * @param <R> the client's own type of response
 */
public sealed interface AttemptResponse<R> {

    /**
     * Returns the client's response.
     *
     * @return the response; its body is still whole
     */
    R response();

    /**
     * Returns the HTTP status.
     *
     * @return the status
     */
    int status();

    /**
     * A response that no inspection was asked for: a success.
     *
     * @param response the client's response
     * @param status its HTTP status
     * @param <R> the client's own type of response
     */
    record Passed<R>(R response, int status) implements AttemptResponse<R> {}

    /**
     * A response whose view was asked for: an error, or a success that may hide one.
     *
     * @param response the client's response
     * @param view its status, headers and the beginning of its body
     * @param <R> the client's own type of response
     */
    record Inspected<R>(R response, ResponseView view) implements AttemptResponse<R> {
        @Override
        public int status() {
            return view.status();
        }
    }
}
