package dev.holdfast.core.credential;

import dev.holdfast.core.outcome.CredentialException;
import dev.holdfast.core.outcome.ServiceException;

/** What may be said of a failed fetch: a message that others wrote may hold what they asked with. */
final class FailureText {
    private FailureText() {}

    static String of(Throwable failure) {
        if (failure instanceof ServiceException answered) {
            return of(answered);
        }
        String type = failure.getClass().getName();
        return failure instanceof CredentialException || type.startsWith("dev.holdfast.core.")
                ? failure.toString()
                : type;
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
