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
        if (failure instanceof CredentialException || type.startsWith("dev.holdfast.core.")) {
            return failure.toString();
        }
        // Law 12: a message may quote what was asked with. The author of a fetch has a way to say what may be logged.
        return type + " (its text is not logged, because it may quote a secret; what a CredentialException says is)";
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
