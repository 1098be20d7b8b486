package dev.holdfast.core.call;

import dev.holdfast.core.Sender;
import dev.holdfast.core.Service;
import dev.holdfast.core.retry.RetryPolicy;
import dev.holdfast.core.time.Clock;
import dev.holdfast.core.time.Scheduler;
import java.net.URI;
import java.util.random.RandomGenerator;

/** The part of a {@link Sender} that does not depend on an HTTP client. */
public abstract class EngineSender implements Sender {
    private final CallEngine engine;

    /**
     * Creates a sender.
     *
     * @param engine what its calls share
     */
    protected EngineSender(CallEngine engine) {
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
    public final Clock clock() {
        return engine.clock();
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
