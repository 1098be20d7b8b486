package dev.holdfast.core.credential;

import java.time.Instant;

/** Applies a credential to one attempt. Safe for several threads; must not block. */
@FunctionalInterface
public interface RequestSigner {

    /**
     * Signs, or sets the header that a token stands in. What must not be the same twice, a nonce or a date, is made here.
     *
     * @param request the attempt's request
     * @param credential what to apply
     * @param now the time to write into the request: this machine's, corrected by what the service last said
     */
    void sign(SigningView request, Credential credential, Instant now);

    /**
     * Whether a wrong clock spoils what {@link #sign} does, so that it can be mended by the service's own time.
     *
     * @return false unless overridden
     */
    default boolean isDated() {
        return false;
    }

    /**
     * {@code Authorization: Bearer} and the token.
     *
     * @return the signer
     */
    static RequestSigner bearer() {
        return (request, credential, now) -> request.setHeader(
                "Authorization", "Bearer " + credential.secret().value());
    }

    /**
     * The token in a header of its own.
     *
     * @param name the header's name
     * @return the signer
     */
    static RequestSigner header(String name) {
        return (request, credential, now) ->
                request.setHeader(name, credential.secret().value());
    }
}
