package dev.holdfast.core.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.internal.call.AttemptFacts.Connection;
import dev.holdfast.core.internal.call.AttemptFacts.Progress;
import dev.holdfast.core.internal.decide.TransportFaultRules;
import dev.holdfast.core.policy.RetrySafety;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Law 1: when one further attempt follows at once, by what is known of the one that failed. */
class FreshConnectionTest {
    private static final Map<String, IOException> FAULTS = Map.of(
            "lost", new IOException("unexpected end of stream"),
            "tls", new SSLException("Connection reset"),
            "refused", new IOException("stream was reset: REFUSED_STREAM"),
            "calm", new IOException("stream was reset: ENHANCE_YOUR_CALM"),
            "garbage", new ProtocolException("Unexpected status line: x"),
            "read timeout", new SocketTimeoutException("timeout"),
            "attempt timeout", new InterruptedIOException("timeout"));

    @ParameterizedTest
    @CsvSource({
        "REUSED, BEGUN, lost, ALWAYS, true",
        "REUSED, BEGUN, tls, ALWAYS, true",
        "REUSED, BEGUN, lost, IF_NOT_PROCESSED, false",
        "REUSED, BEGUN, lost, NEVER, false",
        "REUSED, NOT_BEGUN, lost, NEVER, true",
        "REUSED, BEGUN, refused, NEVER, true",
        // The client that does not tell its connections.
        "UNKNOWN, UNKNOWN, refused, IF_NOT_PROCESSED, true",
        "UNKNOWN, UNKNOWN, refused, NEVER, false",
        "UNKNOWN, UNKNOWN, lost, ALWAYS, false",
        "FRESH, BEGUN, lost, ALWAYS, false",
        "FRESH, BEGUN, refused, ALWAYS, false",
        "NONE, NOT_BEGUN, lost, ALWAYS, false",
        "REUSED, ANSWERED, lost, ALWAYS, false",
        "REUSED, BEGUN, calm, ALWAYS, false",
        "REUSED, BEGUN, garbage, ALWAYS, false",
        "REUSED, BEGUN, read timeout, ALWAYS, false",
        "REUSED, BEGUN, attempt timeout, ALWAYS, false",
        "REUSED, NOT_BEGUN, attempt timeout, ALWAYS, false"
    })
    void whenItFollows(Connection connection, Progress progress, String fault, RetrySafety safety, boolean follows) {
        assertThat(follows(connection, progress, fault, safety, false)).isEqualTo(follows);
    }

    /** What was read of it is gone, even where the peer processed nothing. */
    @ParameterizedTest
    @CsvSource({"BEGUN, refused, false", "BEGUN, lost, false", "NOT_BEGUN, lost, true"})
    void aOneShotBodyThatWasBegunIsNotSentAgain(Progress progress, String fault, boolean follows) {
        assertThat(follows(Connection.REUSED, progress, fault, RetrySafety.NEVER, true))
                .isEqualTo(follows);
    }

    private static boolean follows(
            Connection connection, Progress progress, String name, RetrySafety safety, boolean oneShot) {
        IOException fault = FAULTS.get(name);
        AttemptFacts facts = new AttemptFacts(connection, progress, false);
        return FreshConnection.follows(facts, fault, TransportFaultRules.decide(fault), safety, oneShot);
    }
}
