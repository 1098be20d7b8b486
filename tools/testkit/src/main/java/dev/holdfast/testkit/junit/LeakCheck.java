package dev.holdfast.testkit.junit;

import dev.holdfast.core.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test that leaves something behind: a connection that was not given back, a call that runs or is queued, a wait that is pending.
 * What is given back by another thread has 10 s for it; the JUnit configuration parameter {@code holdfast.leak-limit} sets another limit,
 * for example {@code PT2S}.
 *
 * <pre>{@code
 * @RegisterExtension
 * final LeakCheck leaks = new LeakCheck();
 * final OkHttpClient client = leaks.watch(new OkHttpClient());
 * }</pre>
 *
 * <p>A client that shares its pool and dispatcher with one that is watched, as a wrapped one does, is watched with it. Register this after
 * a {@link HoldfastExtension}, so that it looks before the emulator is closed.
 */
public final class LeakCheck implements AfterEachCallback {
    private final List<OkHttpClient> clients = new CopyOnWriteArrayList<>();
    private final List<VirtualTime> times = new CopyOnWriteArrayList<>();

    /** A check that watches nothing yet. */
    public LeakCheck() {}

    /**
     * Watches a client until the end of the test.
     *
     * @param client the client
     * @return the same client
     */
    public OkHttpClient watch(OkHttpClient client) {
        clients.add(client);
        return client;
    }

    /**
     * Watches a clock until the end of the test.
     *
     * @param time the clock
     * @return the same clock
     */
    public VirtualTime watch(VirtualTime time) {
        times.add(time);
        return time;
    }

    /**
     * Looks now, for at most 10 s; a test need not call it.
     *
     * @throws InterruptedException if the thread is interrupted
     * @throws AssertionError if there is a leak
     */
    public void check() throws InterruptedException {
        check(Soon.LIMIT);
    }

    private void check(Duration limit) throws InterruptedException {
        if (!Soon.holds(() -> leaks().isEmpty(), limit)) {
            throw new AssertionError("the test leaks: " + String.join(", ", leaks()));
        }
    }

    /** A client lives as long as its test instance, so whatever was watched is forgotten with the test. */
    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        try {
            check(Soon.limit(context));
        } finally {
            clients.clear();
            times.clear();
        }
    }

    List<String> leaks() {
        List<String> found = new ArrayList<>();
        for (OkHttpClient client : clients) {
            int used = client.connectionPool().connectionCount()
                    - client.connectionPool().idleConnectionCount();
            add(found, used, "connections in use: is every response closed?");
            add(found, client.dispatcher().runningCallsCount(), "calls still running");
            add(found, client.dispatcher().queuedCallsCount(), "calls still queued");
        }
        for (VirtualTime time : times) {
            add(found, time.pending(), "waits still pending");
        }
        return found;
    }

    private static void add(List<String> found, int count, String what) {
        if (count != 0) {
            found.add(count + " " + what);
        }
    }
}
