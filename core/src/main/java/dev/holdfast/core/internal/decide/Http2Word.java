package dev.holdfast.core.internal.decide;

import java.io.IOException;
import java.util.Locale;

/**
 * What the peer said by an error code of HTTP/2. Both clients keep the code to themselves, and their exceptions tell it by class name and
 * message alone: this is the one place that knows them (OkHttp 5.5.1; java.net.http of JDK 17.0.15 and 25.0.3; all 2026-11).
 */
enum Http2Word {
    /** REFUSED_STREAM, or GOAWAY with a lower last stream: the request was not processed (RFC 9113, 8.7). */
    NOT_PROCESSED,
    /** ENHANCE_YOUR_CALM: the peer sees excessive load (RFC 9113, 7). */
    CALM,
    /** HTTP_1_1_REQUIRED: the peer takes this request over HTTP/1.1 alone. */
    HTTP_1_1_REQUIRED,
    /** The headers of the response are larger than the client takes, over HTTP/2 or HTTP/1.1. */
    HEADERS_TOO_LARGE,
    /** None of these. */
    NONE;

    /** What OkHttp's message begins with; the name of the code follows. */
    private static final String OKHTTP = "stream was reset: ";

    /** What the message of java.net.http begins with; a sentence for the code follows. */
    private static final String JDK = "received rst_stream: ";

    /** OkHttp takes 256 KiB of headers. A limit that is nearly this large was met by one line that had no end. */
    private static final int LARGE_LINE = 100_000;

    private static final int DEEPEST_CAUSE = 20;

    static Http2Word of(Throwable fault) {
        int depth = 0;
        for (Throwable cause = fault; cause != null && depth < DEEPEST_CAUSE; cause = cause.getCause(), depth++) {
            Http2Word word = cause instanceof IOException ? word(cause) : NONE;
            if (word != NONE) {
                return word;
            }
        }
        return NONE;
    }

    private static Http2Word word(Throwable fault) {
        String type = fault.getClass().getName();
        if (type.equals("okhttp3.internal.http2.ConnectionShutdownException")) {
            // Thrown where a stream would be opened after a GOAWAY.
            return NOT_PROCESSED;
        }
        String text = String.valueOf(fault.getMessage()).toLowerCase(Locale.ROOT);
        if (text.startsWith(OKHTTP)) {
            return switch (text.substring(OKHTTP.length())) {
                case "refused_stream" -> NOT_PROCESSED;
                case "enhance_your_calm" -> CALM;
                case "http_1_1_required" -> HTTP_1_1_REQUIRED;
                default -> NONE;
            };
        }
        if (text.startsWith(JDK)) {
            return switch (text.substring(JDK.length())) {
                case "stream not processed" -> NOT_PROCESSED;
                case "processing capacity exceeded" -> CALM;
                case "use http/1.1 for request" -> HTTP_1_1_REQUIRED;
                default -> NONE;
            };
        }
        if (text.equals("request not processed by peer")) {
            return NOT_PROCESSED;
        }
        return text.startsWith("header byte count limit of ") || isEndlessLine(text) ? HEADERS_TOO_LARGE : NONE;
    }

    /** Okio says {@code \n not found: limit=262127 content=…} of a line that is longer than the rest of the limit. */
    private static boolean isEndlessLine(String text) {
        String begin = "\\n not found: limit=";
        int end = text.indexOf(' ', begin.length());
        if (!text.startsWith(begin) || end < 0 || end - begin.length() > 9) {
            return false;
        }
        String limit = text.substring(begin.length(), end);
        return limit.matches("\\d+") && Integer.parseInt(limit) >= LARGE_LINE;
    }
}
