package dev.holdfast.testkit.emulator;

import java.time.Duration;
import java.util.Map;

/**
 * Checks and answers requests as a real service does, free of any HTTP server's types. An {@link HttpEmulator} puts it on the loopback
 * address. Must be safe for several threads.
 */
public interface EmulatedService {

    /**
     * Answers a request as usual.
     *
     * @param request the request
     * @return the answer
     */
    Reply answer(EmulatedRequest request);

    /**
     * Refuses a request because a scenario says so, in the service's own words.
     *
     * @param refusal what the service says
     * @param request the request
     * @return the answer
     */
    Reply refused(Effect.Refusal refusal, EmulatedRequest request);

    /**
     * Returns the headers of all answers beyond content type and date. Default: none.
     *
     * @param reply the answer
     * @param request the request
     * @return the headers by their names
     */
    default Map<String, String> headers(Reply reply, EmulatedRequest request) {
        return Map.of();
    }

    /**
     * Returns whether a request asks for a token or another credential. Default: no.
     *
     * @param request the request
     * @return true if it does
     */
    default boolean isForToken(EmulatedRequest request) {
        return false;
    }

    /**
     * Refuses a request's credential, whatever it is. Default: answers as usual, as a service does that wants none.
     *
     * @param request the request
     * @return the answer
     */
    default Reply credentialRefused(EmulatedRequest request) {
        return answer(request);
    }

    /** Ends all credentials that were issued until now. Default: a service without credentials. */
    default void expireCredentials() {}

    /**
     * Signs with another key from now on. Default: a service without credentials.
     *
     * @param overlap how long credentials that were issued until now are good yet
     */
    default void rotateKeys(Duration overlap) {}

    /**
     * Returns whether the service works on one more request. If it does, {@link #leave} follows; else {@link #refused} with
     * {@link Effect.Refusal#THROTTLED}. Default: yes.
     *
     * @param request the request
     * @return true if it does
     */
    default boolean enter(EmulatedRequest request) {
        return true;
    }

    /**
     * Called when the work on a request that {@link #enter} let in has ended.
     *
     * @param request the request
     */
    default void leave(EmulatedRequest request) {}
}
