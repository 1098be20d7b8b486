package dev.holdfast.core.internal.call;

import dev.holdfast.core.internal.decide.TransportFaultRules;
import dev.holdfast.core.internal.time.Durations;
import java.time.Duration;

/**
 * Law 1: a silent connection is left. HTTP/2 keeps its connection after a time-out, for the other streams. OkHttp then sends a ping on it and
 * gives the peer one second (measured with 5.5.1, 2026-11): a retry that begins earlier would go to the same dead connection.
 */
final class SilentConnection {
    private static final Duration PING = Duration.ofMillis(1100);

    private SilentConnection() {}

    /** Returns how long the call waits for its next attempt; what is left of the deadline bounds the rise. */
    static Duration wait(Duration drawn, AttemptFacts facts, Throwable fault, Duration left) {
        boolean silent = facts.http2() && TransportFaultRules.isTimeout(fault);
        return silent && PING.compareTo(left) < 0 ? Durations.max(drawn, PING) : drawn;
    }
}
