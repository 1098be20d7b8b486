package dev.holdfast.core.internal.call;

import dev.holdfast.core.policy.RetryPolicy;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.service.ServiceClient;
import dev.holdfast.core.time.Scheduler;
import dev.holdfast.core.time.TimeSource;
import java.net.URI;
import java.util.random.RandomGenerator;

/** The part of a {@link ServiceClient} that does not depend on an HTTP client. */
public abstract class EngineServiceClient implements ServiceClient {
    private final CallEngine engine;

    /**
     * Creates a service client.
     *
     * @param engine what its calls share
     */
    protected EngineServiceClient(CallEngine engine) {
        this.engine = engine;
    }

    @Override
    public final Service service() {
        return engine.service();
    }

    @Override
    public final RetryPolicy policy() {
        return engine.policy();
    }

    @Override
    public final URI url(String target) {
        URI endpoint = engine.endpoint();
        return (endpoint == null ? engine.service().baseUrl() : endpoint).resolve(target);
    }

    @Override
    public final boolean hasCredentials() {
        return engine.credentials() != null;
    }

    @Override
    public final TimeSource timeSource() {
        return engine.timeSource();
    }

    @Override
    public final Scheduler scheduler() {
        return engine.scheduler();
    }

    @Override
    public final RandomGenerator random() {
        return engine.random();
    }

    @Override
    public final String toString() {
        return getClass().getSimpleName() + "[" + engine.service().id() + "]";
    }
}
