package dev.holdfast.okhttp;

import dev.holdfast.core.time.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Connection;
import okhttp3.Protocol;

/**
 * Tells which connections to a link-local service have been idle for no longer than {@link #LIMIT}. The pool is the caller's and keeps them for
 * minutes; metadata services and what stands before them close them after seconds, and not all of them say so. A new connection on the same
 * link costs less than a millisecond.
 *
 * <p>This class closes no connection: OkHttp may have given it to another call already. The call that got it leaves it unused, and OkHttp
 * closes it. Thread-safe.
 */
final class ShortKeepAlive {
    static final Duration LIMIT = Duration.ofSeconds(2);

    private final TimeSource clock;

    /** By identity, as OkHttp's connections have it; the value is the time of the last use. */
    private final Map<Connection, Long> idle = new ConcurrentHashMap<>();

    ShortKeepAlive(TimeSource clock) {
        this.clock = clock;
    }

    /** Forgets the connections that are closed. */
    void beforeAttempt() {
        idle.keySet().removeIf(connection -> connection.socket().isClosed());
    }

    /** An attempt got this connection. Returns whether it was idle for too long, so that the attempt leaves it unused. */
    boolean acquired(Connection connection) {
        Long since = idle.remove(connection);
        // One that is unknown here was used by the caller's own client, or a moment ago: OkHttp puts a connection back
        // before it tells so.
        return since != null && clock.nanoTime() - since > LIMIT.toNanos();
    }

    void released(Connection connection) {
        // A connection of HTTP/2 may carry other calls, and is told to be dead by pings.
        if (connection.protocol() == Protocol.HTTP_1_1 && !connection.socket().isClosed()) {
            idle.put(connection, clock.nanoTime());
        }
    }
}
