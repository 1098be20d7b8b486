package dev.holdfast.core.credential;

import dev.holdfast.core.outcome.CredentialException;
import dev.holdfast.core.response.Document;
import dev.holdfast.core.response.Members;
import dev.holdfast.core.response.ResponseView;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The document in which a service hands out a token or an access key. It never shows a value: not in {@code toString} and not in what it throws. Immutable.
 *
 * <pre>{@code
 * client.fetch(message, response -> CredentialDocument.read("my/role", "a usable key", response, timeSource.now(), MEMBERS,
 *         said -> said.accessKey("AccessKeyId", "AccessKeySecret", "SecurityToken", "Expiration")))
 * }</pre>
 */
public final class CredentialDocument {
    private static final Logger LOG = LoggerFactory.getLogger(CredentialDocument.class);

    /** For a credential that does not say readably how long it is good for: short, because it may end at any time, and not so short that it is a load. */
    static final Duration CAUTIOUS = Duration.ofMinutes(5);

    /** The sources that were warned of in this process: without it, there would be a line for each fetch, so every few minutes. */
    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

    private final String source;
    private final ResponseView response;
    private final Instant now;
    private final Document.Node members;

    private CredentialDocument(String source, ResponseView response, Instant now, Document.Node members) {
        this.source = source;
        this.response = response;
        this.now = now;
        this.members = members;
    }

    /**
     * Reads a credential from a response.
     *
     * @param source the name of the credential source, which begins the message of the exception
     * @param wanted what the response should have held, such as {@code a usable token}
     * @param response a response that is a success
     * @param now this machine's time, which is believed only where the response has no {@code Date}
     * @param members the names of all members that the reading asks for
     * @param reading makes the credential of the document's members
     * @return the credential
     * @throws CompletionException with a {@link CredentialException} if a member is missing or is nothing that a credential may hold
     */
    public static Credential read(
            String source,
            String wanted,
            ResponseView response,
            Instant now,
            Members members,
            Function<CredentialDocument, Credential> reading) {
        Objects.requireNonNull(now, "now must not be null");
        try {
            return reading.apply(new CredentialDocument(
                    source, response, now, Document.read(response, members).root()));
        } catch (IllegalArgumentException e) {
            throw unusable(source, wanted, response, String.valueOf(e.getMessage()));
        }
    }

    static CompletionException unusable(String source, String wanted, ResponseView response, String why) {
        return new CompletionException(new CredentialException(
                source + ": answered " + response.status() + " without " + wanted + ": " + why, null));
    }

    /**
     * Goes into an object of the document.
     *
     * @param member the name of the object
     * @return the object as a document; without members if there is no such object
     */
    public CredentialDocument in(String member) {
        return new CredentialDocument(source, response, now, members.get(member));
    }

    /**
     * Makes a credential of a token.
     *
     * @param member the name of the token
     * @param lifetime how long the token is good for, see {@link #lifetime}; null where the document does not tell: then it is used for 5 min, and a line is
     *     logged
     * @return the credential
     * @throws IllegalArgumentException if there is no such member, or if it is no token (see {@link Secret#token})
     */
    public Credential token(String member, @Nullable Duration lifetime) {
        return Credential.token(Secret.token(text(member)), orCautious(lifetime));
    }

    /**
     * Makes a credential of a temporary access key.
     *
     * @param id the name of the key's id
     * @param secret the name of the key's secret
     * @param sessionToken the name of the token that goes with the key
     * @param expiry the name of the point in time at which the key ends, see {@link #until(String)}; the key is used for 5 min, and a line is logged, where it is
     *     missing or no time, and where the response has no {@code Date} and the end is over by this machine's clock
     * @return the credential
     * @throws IllegalArgumentException if another member is missing, or if id or session token can stand in no header
     */
    public Credential accessKey(String id, String secret, String sessionToken, String expiry) {
        String keyId = Secret.token(text(id)).value();
        Secret key = Secret.of(text(secret));
        Secret token = Secret.token(text(sessionToken));
        return Credential.accessKey(keyId, key, token, orCautious(left(instant(expiry))));
    }

    private Duration orCautious(@Nullable Duration lifetime) {
        if (lifetime != null) {
            return lifetime;
        }
        if (WARNED.add(source)) {
            LOG.warn(
                    "{}: the response does not say how long the credential is good for, or only this machine's clock could tell and is wrong; it is used for {} min",
                    source,
                    CAUTIOUS.toMinutes());
        }
        return CAUTIOUS;
    }

    /**
     * Reads how long a token is good for: the least of all that the response says. An issuer that answers from a cache counts some of them from the time of
     * issuance, so none is believed alone.
     *
     * @param token the name of the token, whose claim {@code exp} counts if it is a JWT
     * @param seconds the name of the lifetime in seconds, see {@link #seconds}
     * @param end the name of the point in time at which it ends, see {@link #until(String)}
     * @return the least lifetime, zero or less if it is over; null if nothing of it is said readably. Where the response has no {@code Date}, an end that is over
     *     by this machine's clock does not count: no issuer means to hand out what is over, so the clock is wrong
     */
    public @Nullable Duration lifetime(String token, String seconds, String end) {
        String value = members.text(token);
        Instant claimed = value == null ? null : Lifetimes.endOfJwt(value);
        Duration until = Lifetimes.least(left(instant(end)), left(claimed));
        return Lifetimes.least(seconds(seconds), until);
    }

    /** Returns what is left until an end, or null where there is none or where only a wrong clock could tell. */
    private @Nullable Duration left(@Nullable Instant end) {
        Duration left = end == null ? null : until(end);
        boolean overByThisClock = left != null && response.serverTime() == null && left.compareTo(Duration.ZERO) <= 0;
        return overByThisClock ? null : left;
    }

    /**
     * Reads a lifetime in seconds.
     *
     * @param member its name
     * @return the lifetime, or null if it is missing or unreadable
     * @see Lifetimes#seconds
     */
    public @Nullable Duration seconds(String member) {
        return Lifetimes.seconds(members.text(member));
    }

    /**
     * Reads a point in time.
     *
     * @param member its name
     * @return the point in time, or null if it is missing or unreadable
     * @see Lifetimes#instant
     */
    public @Nullable Instant instant(String member) {
        return Lifetimes.instant(members.text(member));
    }

    /**
     * Reads a lifetime that is told by its end: counted from the response's {@code Date}, or from this machine's time where it has none.
     *
     * @param member the name of the end
     * @return the lifetime, zero or less if it is over; null if the end is missing or unreadable
     */
    public @Nullable Duration until(String member) {
        Instant end = instant(member);
        return end == null ? null : until(end);
    }

    private Duration until(Instant end) {
        return Lifetimes.until(end, response.serverTime(), now);
    }

    private String text(String member) {
        String text = members.text(member);
        if (text == null) {
            throw new IllegalArgumentException("there is no " + member);
        }
        return text;
    }

    /** Shows nothing of what it holds. */
    @Override
    public String toString() {
        return "CredentialDocument[not shown]";
    }
}
