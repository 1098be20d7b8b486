package dev.holdfast.core.credential;

import dev.holdfast.core.outcome.CredentialException;
import dev.holdfast.core.outcome.ServiceException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What may be said of a failed fetch: a message that others wrote may hold what they asked with. */
final class FailureText {
    private static final int LONGEST = 200;

    private FailureText() {}

    static String of(Throwable failure) {
        if (failure instanceof ServiceException answered) {
            return of(answered);
        }
        String type = failure.getClass().getName();
        if (failure instanceof CredentialException || type.startsWith("dev.holdfast.core.")) {
            return failure.toString();
        }
        String message = failure.getMessage();
        return message == null || isOfAClient(failure) ? type : type + ": " + onOneLine(message);
    }

    /** HTTP clients and parsers throw IOExceptions, and quote requests and documents. What else a fetch throws has its author's own text. */
    private static boolean isOfAClient(Throwable failure) {
        return failure instanceof IOException
                || failure instanceof UncheckedIOException
                || failure.getCause() instanceof IOException
                || failure instanceof IllegalArgumentException;
    }

    private static String onOneLine(String message) {
        StringBuilder out = new StringBuilder(Math.min(message.length(), LONGEST));
        message.codePoints()
                .limit(LONGEST)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
                .forEach(out::appendCodePoint);
        return out.toString();
    }

    /** Without the sentence: a token endpoint quotes what it was asked with, such as a refresh token in the body. */
    private static String of(ServiceException answered) {
        StringBuilder out = new StringBuilder(answered.outcome().service())
                .append(" answered ")
                .append(answered.status());
        String code = answered.error().code();
        if (code != null) {
            out.append(' ').append(code);
        }
        out.append(" (").append(answered.decision().rule());
        String requestId = answered.error().requestId();
        return out.append(requestId == null ? ")" : ", request id " + requestId + ")")
                .toString();
    }
}
