package dev.holdfast.core.internal.call;

import dev.holdfast.core.policy.RetryPolicy;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.service.ServiceClient;
import dev.holdfast.core.time.Scheduler;
import dev.holdfast.core.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
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
    public final CompletableFuture<ResponseView> send(Message request) {
        return fetch(request, answer -> answer);
    }

    @Override
    public final <T> CompletableFuture<T> fetch(Message request, Function<ResponseView, T> reader) {
        Objects.requireNonNull(reader, "reader must not be null");
        try {
            check(request);
            return call(request, reader);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Makes a call whose successes are read within their attempt.
     *
     * @param request what to send, checked
     * @param reader to be asked through {@link #read}
     * @param <T> what is wanted
     * @return as {@link #fetch}; cancelling it cancels the call
     */
    protected abstract <T> CompletableFuture<T> call(Message request, Function<ResponseView, T> reader);

    /**
     * Asks a reader for what it makes of an answer.
     *
     * @param reader the reader
     * @param answer the answer
     * @param <T> what is wanted
     * @return what the reader returned
     * @throws IOException what the reader says is wrong with the answer
     */
    protected static <T> T read(Function<ResponseView, T> reader, ResponseView answer) throws IOException {
        try {
            return reader.apply(answer);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException unusable) {
                throw unusable;
            }
            throw e;
        }
    }

    /** Refuses what would make the HTTP client throw, which may show a header's value. */
    private static void check(Message request) {
        URI url = request.url();
        boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (!http || url.getHost() == null) {
            throw new IllegalArgumentException("url must be an address of http or https with a host");
        }
        request.headers().forEach(HeaderValue::check);
        String contentType = request.contentType();
        if (contentType != null) {
            HeaderValue.check("Content-Type", contentType);
        }
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
