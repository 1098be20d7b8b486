package dev.holdfast.core.internal.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Processed;
import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Http2WordTest {

    @ParameterizedTest
    @CsvSource({
        "stream was reset: REFUSED_STREAM, NOT_PROCESSED",
        "stream was reset: ENHANCE_YOUR_CALM, CALM",
        "stream was reset: HTTP_1_1_REQUIRED, HTTP_1_1_REQUIRED",
        "stream was reset: CANCEL, NONE",
        "stream was reset: INTERNAL_ERROR, NONE",
        "Received RST_STREAM: Stream not processed, NOT_PROCESSED",
        "Received RST_STREAM: Processing capacity exceeded, CALM",
        "Received RST_STREAM: Use HTTP/1.1 for request, HTTP_1_1_REQUIRED",
        "Received RST_STREAM: Stream cancelled, NONE",
        "request not processed by peer, NOT_PROCESSED",
        "header byte count limit of 262144 exceeded, HEADERS_TOO_LARGE",
        "unexpected end of stream, NONE",
        // The rest of a line that broke off with its connection.
        "\\n not found: limit=13 content=436f6e, NONE",
        "\\n not found: limit=262127 content=61616161…, HEADERS_TOO_LARGE",
        "\\n not found: limit=x content=, NONE",
        "\\n not found: limit=99999999999999999999 content=, NONE"
    })
    void aMessageIsRead(String message, Http2Word word) {
        assertThat(Http2Word.of(new IOException(message))).isEqualTo(word);
        assertThat(Http2Word.of(new IOException("outer", new EOFException(message))))
                .isEqualTo(word);
    }

    @Test
    void onlyAnExceptionOfTheTransportIsRead() {
        assertThat(Http2Word.of(new IllegalStateException("request not processed by peer")))
                .isEqualTo(Http2Word.NONE);
        assertThat(Http2Word.of(new IOException((String) null))).isEqualTo(Http2Word.NONE);
    }

    private static Decision decided(String message) {
        return TransportFaultRules.decide(new IOException(message));
    }

    @Test
    void whatEachMeans() {
        Decision refused = decided("stream was reset: REFUSED_STREAM");
        assertThat(refused.rule()).isEqualTo("fault/not-processed");
        assertThat(refused.processed()).isEqualTo(Processed.NO);
        assertThat(refused.pace()).contains(Pace.TRANSIENT);

        Decision calm = decided("stream was reset: ENHANCE_YOUR_CALM");
        assertThat(calm.rule()).isEqualTo("fault/calm");
        assertThat(calm.kind()).isEqualTo(ErrorKind.THROTTLED);
        assertThat(calm.pace()).contains(Pace.THROTTLE);

        assertThat(decided("stream was reset: HTTP_1_1_REQUIRED").isRetry()).isFalse();
        Decision large = decided("header byte count limit of 262144 exceeded");
        assertThat(large.rule()).isEqualTo("fault/protocol");
        assertThat(large.isRetry()).isFalse();
    }
}
