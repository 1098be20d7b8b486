package dev.holdfast.testkit.emulator;

import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;

/**
 * A service on the loopback address: it checks requests, answers as the real one does and plays scenarios. Its threads are no daemons: a
 * program ends after {@link #close()} only. Safe for several threads.
 */
public interface Emulator extends AutoCloseable {

    /**
     * Begins to listen on any free port.
     *
     * @return this
     * @throws UncheckedIOException if there is none
     */
    default Emulator start() {
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
    Emulator start(int port);

    /**
     * Where it listens.
     *
     * @return scheme, host and port, as {@code Holdfast.Builder.endpoint} takes it
     * @throws IllegalStateException if it has not been started
     */
    URI url();

    /**
     * Plays a scenario, after those that are already in play.
     *
     * @param scenario the scenario
     * @return this
     */
    Emulator play(Scenario scenario);

    /**
     * Ends all scenarios; what is held stays so until its limiter opens.
     *
     * @return this
     */
    Emulator stopScenarios();

    /**
     * How many requests were received, whatever became of them.
     *
     * @return the number since the start
     */
    int requestCount();

    /**
     * How many of them asked for a token or another credential.
     *
     * @return the number since the start
     */
    int tokenRequestCount();

    /**
     * Returns requests to try the emulator with. Default: none.
     *
     * @return commands of a POSIX shell with curl, to be run one after the other; a line that begins with a number sign explains the next
     * @throws IllegalStateException if it has not been started
     */
    default List<String> examples() {
        return List.of();
    }

    /** Stops listening and closes all connections, also of requests that are held. Harmless if repeated. */
    @Override
    void close();
}
