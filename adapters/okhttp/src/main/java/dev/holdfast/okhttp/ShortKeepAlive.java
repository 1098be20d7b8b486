package dev.holdfast.okhttp;

import dev.holdfast.core.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Connection;
import okhttp3.Protocol;

/**
 * Closes connections to a link-local service that have been idle for longer than {@link #LIMIT}, before the next attempt could take one. The pool
 * is the caller's and keeps them for minutes; metadata services and what stands before them close them after seconds, and not all of them
 * say so. A new connection on the same link costs less than a millisecond. Safe for several threads.
 */
final class ShortKeepAlive {
    static final Duration LIMIT = Duration.ofSeconds(2);

    private final TimeSource clock;

    /** By identity, as OkHttp's connections have it; the value is the time of the last use. */
    private final Map<Connection, Long> idle = new ConcurrentHashMap<>();

    ShortKeepAlive(TimeSource clock) {
        this.clock = clock;
    }

    /** Before an attempt, whose watch tells this object of its connection. */
    void beforeAttempt() {
        long now = clock.nanoTime();
        idle.forEach((connection, since) -> {
            // Whoever takes it out of the map has it: an attempt that acquires it, or this one, which closes it.
            if (now - since > LIMIT.toNanos() && idle.remove(connection, since)) {
                close(connection);
            }
        });
    }

    void acquired(Connection connection) {
        idle.remove(connection);
    }

    void released(Connection connection) {
        // A connection of HTTP/2 may carry other calls, and is told to be dead by pings.
        if (connection.protocol() == Protocol.HTTP_1_1 && !connection.socket().isClosed()) {
            idle.put(connection, clock.nanoTime());
        }
    }

    private static void close(Connection connection) {
        try {
            connection.socket().close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
