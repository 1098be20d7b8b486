package dev.holdfast.core.credential;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A token, or an access key with its secret. Immutable; two are the same credential if id, secret and session token are equal.
 *
 * @param id the access key's id, which is no secret; null for a token
 * @param secret the token, or the secret key
 * @param sessionToken the token that goes with a temporary access key, or null
 * @param lifetime how long it is good for from when it was received; null for ever. Relative, so that a wrong clock does no harm
 */
public record Credential(
        @Nullable String id,
        Secret secret,
        @Nullable Secret sessionToken,
        @Nullable Duration lifetime) {

    /**
     * Checks the lifetime.
     *
     * @param id the access key's id, which is no secret; null for a token
     * @param secret the token, or the secret key
     * @param sessionToken the token that goes with a temporary access key, or null
     * @param lifetime how long it is good for from when it was received; null for ever; zero or less if it has expired
     */
    public Credential {
        Objects.requireNonNull(secret, "secret must not be null");
        if (id != null && id.isEmpty()) {
            throw new IllegalArgumentException("id must not be empty");
        }
    }

    /**
     * A token.
     *
     * @param token the token, see {@link Secret#token}
     * @param lifetime how long it is good for, or null for ever
     * @return the credential
     */
    public static Credential token(Secret token, @Nullable Duration lifetime) {
        return new Credential(null, token, null, lifetime);
    }

    /**
     * An access key.
     *
     * @param id its id
     * @param secret its secret
     * @param sessionToken the token that goes with it where it is temporary, or null
     * @param lifetime how long it is good for, or null for ever
     * @return the credential
     */
    public static Credential accessKey(
            String id, Secret secret, @Nullable Secret sessionToken, @Nullable Duration lifetime) {
        return new Credential(Objects.requireNonNull(id, "id must not be null"), secret, sessionToken, lifetime);
    }

    /**
     * Whether two are one credential, whatever their lifetimes.
     *
     * @param other another
     * @return true if a service could not tell them apart
     */
    public boolean isSameAs(Credential other) {
        return Objects.equals(id, other.id)
                && secret.equals(other.secret)
                && Objects.equals(sessionToken, other.sessionToken);
    }

    /** Says what it is and not what it holds; of an access key's id only the end. */
    @Override
    public String toString() {
        String what = id == null ? "token" : "access key …" + id.substring(Math.max(0, id.length() - 4));
        return "Credential[" + what + (sessionToken == null ? "" : ", temporary") + ", lifetime "
                + (lifetime == null ? "unlimited" : lifetime) + "]";
    }
}
