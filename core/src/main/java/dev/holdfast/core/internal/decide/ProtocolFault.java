package dev.holdfast.core.internal.decide;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads from the text of an exception what was wrong with an answer: neither client has a type of its own for that. */
final class ProtocolFault {
    /** What java.net.http says of an answer that breaks the rules of HTTP, in an exception of no type of its own. */
    private static final List<String> PROTOCOL_TEXTS = List.of(
            "illegal character in chunk size",
            "invalid chunk header",
            "chunk header size too long",
            "unexpected content length header",
            "fixed content-length: -");

    /** OkHttp and java.net.http name the status where it forbids a body. */
    private static final Pattern STATUS = Pattern.compile("HTTP (\\d{3}) had|with (\\d{3}) response");

    private ProtocolFault() {}

    /** Returns whether a text of java.net.http, in lower case, names a breach of the rules of HTTP. */
    static boolean isNamedIn(String text) {
        return PROTOCOL_TEXTS.stream().anyMatch(text::contains);
    }

    /** Returns the status that an exception of a client names, or 0 if it names none. */
    static int status(Throwable fault) {
        Matcher named = STATUS.matcher(String.valueOf(fault.getMessage()));
        if (!named.find()) {
            return 0;
        }
        return Integer.parseInt(named.group(1) == null ? named.group(2) : named.group(1));
    }
}
