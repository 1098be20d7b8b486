package dev.holdfast.testkit.emulator;

import dev.holdfast.core.time.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import mockwebserver3.MockWebServer;

/**
 * The Azure Instance Metadata Service on the loopback address. It checks headers, verbs and versions, answers each path with a realistic
 * document, keeps the real one's limits and plays scenarios:
 *
 * <pre>{@code
 * try (AzureImdsEmulator imds = new AzureImdsEmulator().start()) {
 *     imds.play(Scenario.throttle(2).then(Scenario.updating(Duration.ofSeconds(20))));
 *     Holdfast holdfast = Holdfast.builder(AzureImds.SERVICE).endpoint(imds.url()).build();
 *     ...
 * }
 * }</pre>
 *
 * <p>It must share its clock with the calls: with a {@link dev.holdfast.testkit.VirtualTime} of the calls alone, a maintenance would go on
 * for real. Between its calls a test with a virtual clock takes no time at all, so that its sixth call within a moment is throttled as the
 * real service would throttle it; {@link #withoutLimits()} is for tests that mean something else.
 *
 * <p>Its threads are no daemons: a program ends after {@link #close()} only.
 */
public final class AzureImdsEmulator implements AutoCloseable {
    /** The client id of the one identity that it knows. */
    public static final String CLIENT_ID = "5f1c2e0a-6d3b-4c8e-9a57-0b1d2c3e4f50";
    /** The object id of the one identity that it knows. */
    public static final String OBJECT_ID = "7b9d4e21-0c5f-4f6a-8e13-2a3b4c5d6e70";
    /** The tenant of the identity. */
    public static final String TENANT_ID = "0e8d7c6b-5a49-4838-9271-60514f3e2d1c";
    /** The resource id of the one identity that it knows. */
    public static final String IDENTITY_RESOURCE_ID =
            "/subscriptions/8d10da13-8125-4ba9-a717-bf7490507b3d/resourceGroups/holdfast"
                    + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/agent";

    private static final long BODY_LIMIT = 1024 * 1024;

    private final MockWebServer server = new MockWebServer();
    private final RequestLog log = new RequestLog();
    private final RateLimits limits;
    private final ImdsService service;
    private final ScenarioPlayer scenarios;
    private final ImdsDispatcher dispatcher;

    /** An emulator on the machine's clock, not started. */
    public AzureImdsEmulator() {
        this(Clock.system());
    }

    /**
     * An emulator, not started.
     *
     * @param clock the clock of limits, scenarios, tokens and the {@code Date} header
     */
    public AzureImdsEmulator(Clock clock) {
        limits = new RateLimits(clock);
        service = new ImdsService(clock, limits);
        scenarios = new ScenarioPlayer(clock);
        dispatcher = new ImdsDispatcher(clock, limits, service, scenarios, log, server);
        server.setServerSocketFactory(new PromptSockets());
        server.setBodyLimit(BODY_LIMIT);
        server.setDispatcher(dispatcher);
    }

    /**
     * From now on the VM is not behind a load balancer: its metadata is a 404.
     *
     * @return this
     */
    public AzureImdsEmulator withoutLoadBalancer() {
        service.takeFromLoadBalancer();
        return this;
    }

    /**
     * From now on any number of requests is answered. Scenarios still throttle.
     *
     * @return this
     */
    public AzureImdsEmulator withoutLimits() {
        limits.switchOff();
        return this;
    }

    /**
     * Begins to listen on any free port.
     *
     * @return this
     * @throws UncheckedIOException if there is none
     */
    public AzureImdsEmulator start() {
        return start(0);
    }

    /**
     * Begins to listen on the loopback address only.
     *
     * @param port the port, or 0 for any free one
     * @return this
     * @throws IllegalArgumentException if there is no such port
     * @throws UncheckedIOException if the port is taken or not allowed
     */
    public AzureImdsEmulator start(int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535, but is " + port);
        }
        try {
            server.start(InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1}), port);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + port + " of 127.0.0.1: " + e.getMessage(), e);
        }
        return this;
    }

    /**
     * Where it listens.
     *
     * @return scheme, host and port, as {@code Holdfast.Builder.endpoint} takes it
     * @throws IllegalStateException if it has not been started
     */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    /**
     * Plays a scenario, after those that are already in play.
     *
     * @param scenario the scenario
     * @return this
     */
    public AzureImdsEmulator play(Scenario scenario) {
        scenarios.play(scenario);
        return this;
    }

    /**
     * Ends all scenarios; what is held stays so until its gate opens.
     *
     * @return this
     */
    public AzureImdsEmulator stopScenarios() {
        scenarios.stop();
        return this;
    }

    /**
     * Whether all scenarios have been played to their ends.
     *
     * @return true if the next request of every path is answered as usual
     */
    public boolean scenariosPlayed() {
        return scenarios.isIdle();
    }

    /**
     * How many requests were received, whatever became of them.
     *
     * @return the number since the start
     */
    public int requestCount() {
        return log.count();
    }

    /**
     * The requests that were received.
     *
     * @return the latest 10,000, in order
     */
    public List<ReceivedRequest> requests() {
        return log.all();
    }

    /**
     * Blocks until requests have arrived, for at most 10 s of real time.
     *
     * @param count how many there must be at least since the start
     * @throws InterruptedException if the thread is interrupted
     * @throws AssertionError if there are fewer after 10 s
     */
    public void awaitRequests(int count) throws InterruptedException {
        log.awaitCount(count);
    }

    /** Stops listening and closes all connections, also of requests that are held. Harmless if repeated. */
    @Override
    public void close() {
        dispatcher.close();
        server.close();
    }
}
