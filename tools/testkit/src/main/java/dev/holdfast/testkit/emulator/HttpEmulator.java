package dev.holdfast.testkit.emulator;

import dev.holdfast.core.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import mockwebserver3.MockWebServer;

/**
 * Puts an {@link EmulatedService} on the loopback address: the HTTP server, the log of requests, the scenarios. {@link #of} is enough for
 * most services. An emulator extends this class to add what tests may change about the service:
 *
 * <pre>{@code
 * public final class CloudMetadataEmulator extends HttpEmulator<CloudMetadataEmulator> {
 *     public CloudMetadataEmulator(TimeSource clock) {
 *         super(clock, new CloudMetadataService(clock));
 *     }
 *
 *     @Override
 *     protected CloudMetadataEmulator self() {
 *         return this;
 *     }
 * }
 * }</pre>
 *
 * @param <E> the emulator's own type, which {@link #start} and {@link #play} return
 */
public abstract class HttpEmulator<E extends HttpEmulator<E>> implements Emulator {
    private static final long BODY_LIMIT = 1024 * 1024;

    private final MockWebServer server = new MockWebServer();
    private final RequestLog log = new RequestLog();
    private final ScenarioPlayer scenarios;
    private final ServiceDispatcher dispatcher;

    /**
     * Creates an emulator, not started.
     *
     * @param clock the clock of scenarios and of the {@code Date} header
     * @param service answers the requests
     */
    protected HttpEmulator(TimeSource clock, EmulatedService service) {
        scenarios = new ScenarioPlayer(clock);
        dispatcher = new ServiceDispatcher(clock, service, scenarios, log, server);
        server.setServerSocketFactory(new PromptSockets());
        server.setBodyLimit(BODY_LIMIT);
        server.setDispatcher(dispatcher);
    }

    /**
     * Creates an emulator of a service about which tests change nothing but scenarios.
     *
     * @param clock the clock of scenarios and of the {@code Date} header
     * @param service answers the requests
     * @return the emulator, not started
     */
    public static HttpEmulator<?> of(TimeSource clock, EmulatedService service) {
        return new Plain(clock, service);
    }

    /** An emulator without settings of its own. */
    private static final class Plain extends HttpEmulator<Plain> {
        private Plain(TimeSource clock, EmulatedService service) {
            super(clock, service);
        }

        @Override
        protected Plain self() {
            return this;
        }
    }

    /**
     * Returns this emulator.
     *
     * @return this, as its own type
     */
    protected abstract E self();

    @Override
    public E start() {
        return start(0);
    }

    @Override
    public E start(int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535, but is " + port);
        }
        try {
            server.start(InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1}), port);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + port + " of 127.0.0.1: " + e.getMessage(), e);
        }
        return self();
    }

    @Override
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    @Override
    public E play(Scenario scenario) {
        scenarios.play(scenario);
        return self();
    }

    @Override
    public E stopScenarios() {
        scenarios.stop();
        return self();
    }

    /**
     * Returns whether all scenarios have been played to their ends.
     *
     * @return true if the next request of every path is answered as usual
     */
    public boolean scenariosPlayed() {
        return scenarios.isIdle();
    }

    @Override
    public int requestCount() {
        return log.count();
    }

    @Override
    public int tokenRequestCount() {
        return log.tokenCount();
    }

    /**
     * Returns the requests that were received.
     *
     * @return the latest 10,000, in order
     */
    public List<ReceivedRequest> requests() {
        return log.all();
    }

    /**
     * Blocks until requests have arrived, for at most 4 minutes of real time: a slow machine must fail no test.
     *
     * @param count how many there must be at least since the start
     * @throws InterruptedException if the thread is interrupted
     * @throws AssertionError if there are fewer after 4 minutes
     */
    public void awaitRequests(int count) throws InterruptedException {
        log.awaitCount(count);
    }

    @Override
    public void close() {
        dispatcher.close();
        server.close();
    }
}
