package dev.holdfast.emulators.internal;

import dev.holdfast.core.time.TimeSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Access keys that one metadata service hands out and another service knows. Bounded, because an emulator may run for days. */
public final class AccessKeys {
    private static final int KEPT = 1_000;

    private final TimeSource clock;
    private final String prefix;
    private final Duration lifetime;
    private final Duration renewedBeforeEnd;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Key> known = new LinkedHashMap<>();
    private @Nullable Key latest;

    /** A key with a secret, and with a token and an end where it is temporary. */
    public record Key(String id, String secret, @Nullable String token, Instant until) {
        public boolean hasToken(@Nullable String other) {
            return token == null
                    ? other == null
                    : other != null
                            && MessageDigest.isEqual(
                                    token.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
        }

        private Key until(Instant earlier) {
            return new Key(id, secret, token, earlier.isBefore(until) ? earlier : until);
        }

        @Override
        public String toString() {
            return "Key[" + id + "]";
        }
    }

    public AccessKeys(TimeSource clock, String prefix, Duration lifetime, Duration renewedBeforeEnd) {
        this.clock = clock;
        this.prefix = prefix;
        this.lifetime = lifetime;
        this.renewedBeforeEnd = renewedBeforeEnd;
    }

    /** One that lasts. */
    public void addPermanent(String id, String secret) {
        lock.lock();
        try {
            known.put(id, new Key(id, secret, null, Instant.MAX));
        } finally {
            lock.unlock();
        }
    }

    /** The same one until it is nearly over, as the real services do. */
    public Key current() {
        lock.lock();
        try {
            Instant now = clock.now();
            if (latest == null || !now.isBefore(latest.until().minus(renewedBeforeEnd))) {
                latest = new Key(prefix + letters(20), letters(40), letters(120), now.plus(lifetime));
                known.put(latest.id(), latest);
                if (known.size() > KEPT) {
                    known.remove(known.keySet().iterator().next());
                }
            }
            return latest;
        } finally {
            lock.unlock();
        }
    }

    /** Looks a key up in several sets of keys. */
    public static @Nullable Key find(Collection<AccessKeys> sets, String id) {
        return sets.stream()
                .map(keys -> keys.find(id))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    public @Nullable Key find(String id) {
        lock.lock();
        try {
            return known.get(id);
        } finally {
            lock.unlock();
        }
    }

    /** The temporary ones that were handed out until now end so soon, and the next to ask gets another. */
    public void end(Duration soon) {
        lock.lock();
        try {
            Instant end = clock.now().plus(soon);
            known.replaceAll((id, key) -> key.token() == null ? key : key.until(end));
            latest = null;
        } finally {
            lock.unlock();
        }
    }

    private static String letters(int length) {
        StringBuilder text = new StringBuilder(length + 32);
        while (text.length() < length) {
            text.append(UUID.randomUUID().toString().replace("-", "").toUpperCase(Locale.ROOT));
        }
        text.setLength(length);
        return text.toString();
    }
}
