package dev.holdfast.emulators.demo;

import dev.holdfast.core.credential.CredentialSource;
import dev.holdfast.core.service.Service;
import dev.holdfast.testkit.emulator.Emulator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One emulated service and what an agent needs to call the service.
 *
 * @param service the service
 * @param emulator plays the service
 * @param issuers play the services that issue its credentials, where they are others
 * @param credentials signs its requests, or null
 */
public record DemoStage(
        Service service,
        Emulator emulator,
        List<Emulator> issuers,
        @Nullable CredentialSource credentials) implements AutoCloseable {

    /**
     * Counts the requests to the service itself, without those for its tokens. Without a source of credentials the agent asks for tokens
     * by calls of its own, which count.
     *
     * @return the number since the start
     */
    public int requests() {
        return credentials == null ? emulator.requestCount() : emulator.requestCount() - emulator.tokenRequestCount();
    }

    /**
     * Counts the requests for credentials, to the service or to the issuers.
     *
     * @return the number since the start
     */
    public int tokenRequests() {
        int here = credentials == null ? 0 : emulator.tokenRequestCount();
        return here + issuers.stream().mapToInt(Emulator::tokenRequestCount).sum();
    }

    @Override
    public void close() {
        if (credentials != null) {
            credentials.close();
        }
        emulator.close();
        issuers.forEach(Emulator::close);
    }
}
