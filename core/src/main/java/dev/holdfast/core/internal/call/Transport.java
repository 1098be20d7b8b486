package dev.holdfast.core.internal.call;

import dev.holdfast.core.credential.SigningView;
import dev.holdfast.core.internal.outcome.UnusableAnswerException;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.RequestDraft;
import dev.holdfast.core.response.ResponseView;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an adapter implements for its HTTP client, once a call. One attempt is one request on the wire.
 *
 * @param <R> the client's own type of response
 */
public interface Transport<R> {

    /**
     * Prepares an attempt; nothing is sent yet.
     *
     * @param timeout how long it may take, to the end of its body; above zero
     * @param inspects tells whether the answer must come with a bounded view of its body
     * @param changes what is to be done to the request of this attempt alone
     * @return the attempt
     * @throws RuntimeException what the caller's hook throws
     */
    Exchange<R> exchange(Duration timeout, Inspection inspects, Changes changes);

    /**
     * Puts the outcome where a caller finds it.
     *
     * @param response the response to be handed out, its body unread
     * @param outcome what the call went through
     * @return the response to hand out instead
     */
    R attach(R response, Outcome outcome);

    /**
     * Makes a response from what was kept of an answer before a wait; it must say that it is a copy.
     *
     * @param kept status, headers and a bounded body
     * @return a response that holds no connection
     */
    R rebuild(ResponseView kept);

    /**
     * Has a task run when the response's body is closed or read to its end, once.
     *
     * @param response the response to be handed out
     * @param closed what to run; does not block
     * @return the response to hand out instead
     */
    R onClosed(R response, Runnable closed);

    /**
     * Gives the connection back without handing the response out. Must not throw.
     *
     * @param response the response
     */
    void discard(R response);

    /**
     * The next exchange is to go out on a connection that no request has used, because one from the pool has turned out dead. A client that
     * cannot choose its connections ignores this.
     *
     * @param http2 whether the dead connection spoke HTTP/2
     */
    default void leavePool(boolean http2) {}

    /**
     * Reads the body of a success that is read for the caller, within the attempt: a body that breaks off or is of no use is a failed
     * attempt. Does nothing where the caller reads the body.
     *
     * @param response the response
     * @throws IOException if the body breaks off, or {@link UnusableAnswerException} if it is of no use
     */
    default void read(R response) throws IOException {}

    /** A wait begins: what only an attempt needs can be let go until the next one. */
    default void pausing() {}

    /**
     * Runs a task where the client runs callbacks, never on the calling thread's stack.
     *
     * @param task hands something to the caller
     */
    void handOver(Runnable task);

    /** Tells which responses are looked into. */
    @FunctionalInterface
    interface Inspection {
        /**
         * Tells whether a response must come with a bounded view of its body.
         *
         * @param status its status
         * @param contentType its {@code Content-Type}, or null
         * @return true if it is looked into
         */
        boolean wants(int status, @Nullable String contentType);
    }

    /**
     * What is done to the request of one attempt.
     *
     * @param rebuild changes the caller's request before the client sees it, or null
     * @param sign applies a credential to what will be sent, after everything that the client and its interceptors do, or null
     */
    record Changes(
            @Nullable Consumer<RequestDraft> rebuild,
            @Nullable Consumer<SigningView> sign) {
        /** Nothing is changed. */
        public static final Changes NONE = new Changes(null, null);

        /**
         * Whether the request goes as it is.
         *
         * @return true if nothing is changed
         */
        public boolean isNone() {
            return rebuild == null && sign == null;
        }
    }

    /**
     * One attempt.
     *
     * @param <R> the client's own type of response
     */
    interface Exchange<R> {

        /**
         * Sends and waits for the answer on this thread.
         *
         * @return the answer
         * @throws Exception what the client throws where there is no answer
         */
        AttemptResponse<R> execute() throws Exception;

        /**
         * Sends without waiting.
         *
         * @param receiver told exactly once, on any thread
         */
        void enqueue(Receiver<R> receiver);

        /**
         * What is known of the attempt after it ended without a response.
         *
         * @return the facts; {@link AttemptFacts#UNKNOWN} where the client tells by its exception alone
         */
        default AttemptFacts facts() {
            return AttemptFacts.UNKNOWN;
        }

        /** Ends it as soon as possible; harmless before and after. */
        void cancel();

        /**
         * Whether the client cancelled it, on anybody's word.
         *
         * @return true if it was cancelled
         */
        boolean isCanceled();
    }

    /**
     * Told how an attempt ended.
     *
     * @param <R> the client's own type of response
     */
    interface Receiver<R> {

        /**
         * There is an answer.
         *
         * @param received the answer
         */
        void onReceived(AttemptResponse<R> received);

        /**
         * There is none.
         *
         * @param fault what the client would have thrown
         */
        void onFault(Throwable fault);
    }
}
