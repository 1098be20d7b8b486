package dev.holdfast.core.credential;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** There is no credential to be had now. Its message names the source and the reason, never a credential. */
public final class CredentialException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * An exception.
     *
     * @param message why
     * @param cause what the fetch ended with, or null
     */
    public CredentialException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
