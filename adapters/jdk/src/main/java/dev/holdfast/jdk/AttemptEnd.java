package dev.holdfast.jdk;

import dev.holdfast.core.internal.call.AttemptFacts;
import dev.holdfast.core.internal.call.AttemptFacts.Connection;
import dev.holdfast.core.internal.call.AttemptFacts.Progress;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import org.jspecify.annotations.Nullable;

/** Where an attempt stood when it ended without a response. The JDK's client shows no connection, so whether one was
 * new is not known. */
final class AttemptEnd {
    private AttemptEnd() {}

    /**
     * What is known.
     *
     * @param fault what the attempt ended with, or null
     * @param asked whether the body handler was asked, as it is for complete headers
     */
    static AttemptFacts facts(@Nullable Throwable fault, boolean asked) {
        if (asked) {
            return new AttemptFacts(Connection.UNKNOWN, Progress.ANSWERED, false);
        }
        return isConnecting(fault)
                ? new AttemptFacts(Connection.NONE, Progress.NOT_BEGUN, false)
                : AttemptFacts.UNKNOWN;
    }

    /** Whether the client threw for want of a connection. A name that does not resolve comes as a {@code ConnectException} too. */
    static boolean isConnecting(@Nullable Throwable fault) {
        return fault instanceof ConnectException || fault instanceof HttpConnectTimeoutException;
    }
}
