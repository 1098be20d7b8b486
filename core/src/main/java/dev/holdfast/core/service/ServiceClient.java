package dev.holdfast.core.service;

import dev.holdfast.core.outcome.ServiceException;
import dev.holdfast.core.policy.RetryPolicy;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.time.Scheduler;
import dev.holdfast.core.time.TimeSource;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes resilient calls of one service through an adapter, without the types of its HTTP client: what credential sources and long-running
 * operations are made of. Adapters give one: {@code HoldfastOkHttp.serviceClient}, {@code HoldfastHttpClient.serviceClient}. Safe for several threads; never
 * blocks.
 */
public interface ServiceClient {

    /**
     * Makes a call. Its body is read within the attempt: one that breaks off makes the attempt a failure, which is repeated as the policy and
     * the operation allow.
     *
     * @param request what to send
     * @return completes with the answer if it is a success, with at most 64 KiB of its body; exceptionally with a {@link ServiceException} if
     *     the last answer is none, with another {@link java.io.IOException} if there is no answer. Cancelling it cancels the call
     */
    CompletableFuture<ResponseView> send(Message request);

    /**
     * Makes a call and reads what is wanted out of its answer, within the attempt. Throws the reader an {@link java.io.UncheckedIOException},
     * or a {@link java.util.concurrent.CompletionException} with an {@link java.io.IOException} as its cause, then the answer is of no use (it
     * is empty, or no document): the attempt has failed and is repeated as the policy and the operation allow.
     *
     * @param request what to send
     * @param reader turns a success into what is wanted; called once for each success, so more than once where it throws, on a thread of the
     *     HTTP client, which it must not block
     * @param <T> what is wanted
     * @return completes with what the reader returned; exceptionally as {@link #send}, with the cause of what the reader threw if the last
     *     answer is of no use, and with what it threw otherwise
     */
    default <T> CompletableFuture<T> fetch(Message request, Function<ResponseView, T> reader) {
        return send(request).thenApply(reader);
    }

    /**
     * Returns the service that is called.
     *
     * @return the service
     */
    Service service();

    /**
     * Returns the policy that the calls follow.
     *
     * @return the policy
     */
    RetryPolicy policy();

    /**
     * Returns the address of a target of the service, at the endpoint that replaces the service's own where one is set.
     *
     * @param target a path, with or without a query
     * @return the whole address
     */
    URI url(String target);

    /**
     * Returns whether calls carry a credential.
     *
     * @return true if a credential source is set
     */
    boolean hasCredentials();

    /**
     * Returns the clock of the calls.
     *
     * @return the clock
     */
    TimeSource timeSource();

    /**
     * Returns what ends the waits of the calls.
     *
     * @return the scheduler
     */
    Scheduler scheduler();

    /**
     * Returns the source of jitter.
     *
     * @return the generator, safe for several threads
     */
    RandomGenerator random();

    /**
     * Checks whose calls a service client makes.
     *
     * @param service the service that must be asked
     * @param serviceClient the service client
     * @return the same service client
     * @throws IllegalArgumentException if it makes calls of another service
     */
    static ServiceClient of(Service service, ServiceClient serviceClient) {
        String id = Objects.requireNonNull(serviceClient, "serviceClient must not be null")
                .service()
                .id();
        if (!id.equals(service.id())) {
            throw new IllegalArgumentException(
                    "serviceClient must make calls of " + service.id() + ", but makes calls of " + id);
        }
        return serviceClient;
    }

    /**
     * One request. Immutable.
     *
     * @param method the HTTP method
     * @param url where to, one of the service's own hosts
     * @param headers names to values
     * @param body what to send, in UTF-8, or null; never printed
     * @param contentType the body's media type, or null where there is none
     */
    record Message(
            String method,
            URI url,
            Map<String, String> headers,
            @Nullable String body,
            @Nullable String contentType) {

        /**
         * Checks that nothing is missing.
         *
         * @param method the HTTP method
         * @param url where to, one of the service's own hosts
         * @param headers names to values
         * @param body what to send, in UTF-8, or null; never printed
         * @param contentType the body's media type, or null where there is none
         */
        public Message {
            Objects.requireNonNull(method, "method must not be null");
            Objects.requireNonNull(url, "url must not be null");
            headers = Map.copyOf(headers);
        }

        /**
         * A request without headers and body.
         *
         * @param method the HTTP method
         * @param url where to
         * @return the request
         */
        public static Message of(String method, URI url) {
            return new Message(method, url, Map.of(), null, null);
        }

        /**
         * The same with a header.
         *
         * @param name its name
         * @param value its value
         * @return a copy
         */
        public Message header(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Message(method, url, more, body, contentType);
        }

        /**
         * The same with a body.
         *
         * @param text what to send, in UTF-8
         * @param type its media type
         * @return a copy
         */
        public Message body(String text, String type) {
            return new Message(method, url, headers, text, type);
        }

        /** Method and path only. */
        @Override
        public String toString() {
            return method + " " + url.getRawPath();
        }
    }
}
