package dev.holdfast.testkit.emulator;

import java.time.Duration;
import java.util.Map;

/** What a real service checks and answers, free of any HTTP server's types. */
interface EmulatedService {

    /** The usual answer. */
    Reply answer(EmulatedRequest request);

    /** A refusal that a scenario asks for, in the service's own words. */
    Reply refused(Effect.Refusal refusal, EmulatedRequest request);

    /** The headers of all its answers beyond content type and date. */
    Map<String, String> headers(Reply reply, EmulatedRequest request);

    /** Whether a token or another credential is asked for. */
    boolean isForToken(EmulatedRequest request);

    /** Refuses the request's credential, whatever it is. A service that wants none answers as usual. */
    Reply credentialRefused(EmulatedRequest request);

    /** All credentials that were issued until now have expired. */
    void expireCredentials();

    /** Credentials that were issued until now are known for this long yet. */
    void rotateKeys(Duration overlap);

    /** Whether one more may be worked on; if so, {@link #leave} must follow. */
    default boolean enter(EmulatedRequest request) {
        return true;
    }

    default void leave(EmulatedRequest request) {}
}
