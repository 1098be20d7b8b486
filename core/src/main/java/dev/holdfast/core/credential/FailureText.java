package dev.holdfast.core.credential;

import dev.holdfast.core.outcome.CredentialException;

/** What may be said of a failed fetch: a message that others wrote may hold what they asked with. */
final class FailureText {
    private FailureText() {}

    static String of(Throwable failure) {
        String type = failure.getClass().getName();
        return failure instanceof CredentialException || type.startsWith("dev.holdfast.core.")
                ? failure.toString()
                : type;
    }
}
