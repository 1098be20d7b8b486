package dev.holdfast.emulators.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.holdfast.core.time.TimeSource;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of the form of a JWT, signed by a key that this object alone has: those of another emulator, forged or changed ones are not known
 * here. Nothing is kept per token, because an emulator may run for days.
 */
public final class SignedTokens {
    private static final String HEADER =
            encoded("{\"typ\":\"JWT\",\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8));

    private final TimeSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private byte[] key = newKey();
    private byte @Nullable [] oldKey;
    private Instant oldKeyUntil = Instant.MIN;
    private long serial;
    private long expiredUpTo;

    public SignedTokens(TimeSource clock) {
        this.clock = clock;
    }

    public enum State {
        GOOD,
        EXPIRED,
        UNKNOWN
    }

    /** What a token turned out to be; an unknown one has no claims. */
    public record Reading(State state, JsonNode claims) {
        public boolean good() {
            return state == State.GOOD;
        }

        public Instant until() {
            return Instant.ofEpochSecond(claims.path("exp").asLong());
        }

        /** Later tokens have higher ones. */
        public long serial() {
            return claims.path("jti").asLong();
        }
    }

    public String issue(Map<String, Object> claims, Instant until) {
        lock.lock();
        try {
            Map<String, Object> all = new LinkedHashMap<>(claims);
            all.put("iat", clock.now().getEpochSecond());
            all.put("exp", until.getEpochSecond());
            all.put("jti", ++serial);
            String signed = HEADER + "." + encoded(Documents.write(all).getBytes(StandardCharsets.UTF_8));
            return signed + "." + encoded(mac(key, signed));
        } finally {
            lock.unlock();
        }
    }

    public Reading read(String token) {
        int dot = token.lastIndexOf('.');
        if (dot < 0 || !token.startsWith(HEADER + ".") || dot == HEADER.length()) {
            return unknown();
        }
        lock.lock();
        try {
            String signed = token.substring(0, dot);
            byte[] signature = decoded(token.substring(dot + 1));
            Instant now = clock.now();
            boolean old = oldKey != null
                    && now.isBefore(oldKeyUntil)
                    && MessageDigest.isEqual(signature, mac(oldKey, signed));
            if (!old && !MessageDigest.isEqual(signature, mac(key, signed))) {
                return unknown();
            }
            JsonNode claims =
                    Documents.parse(new String(decoded(signed.substring(HEADER.length() + 1)), StandardCharsets.UTF_8));
            Reading reading = new Reading(State.GOOD, claims);
            boolean over = reading.serial() <= expiredUpTo || !now.isBefore(reading.until());
            return over ? new Reading(State.EXPIRED, claims) : reading;
        } catch (JsonProcessingException e) {
            return unknown();
        } finally {
            lock.unlock();
        }
    }

    /** The serial of the latest token. */
    public long latest() {
        lock.lock();
        try {
            return serial;
        } finally {
            lock.unlock();
        }
    }

    public void expireAll() {
        lock.lock();
        try {
            expiredUpTo = serial;
        } finally {
            lock.unlock();
        }
    }

    public void rotate(Duration overlap) {
        lock.lock();
        try {
            oldKey = key;
            oldKeyUntil = clock.now().plus(overlap);
            key = newKey();
        } finally {
            lock.unlock();
        }
    }

    private static Reading unknown() {
        return new Reading(State.UNKNOWN, MissingNode.getInstance());
    }

    private static byte[] newKey() {
        try {
            return KeyGenerator.getInstance("HmacSHA256").generateKey().getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private static byte[] mac(byte[] with, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(with, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
