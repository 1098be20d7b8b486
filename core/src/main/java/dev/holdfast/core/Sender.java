package dev.holdfast.core;

import dev.holdfast.core.error.Answer;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Makes resilient calls of one service through a door, without the types of its HTTP client: what credential sources and long-running
 * operations are made of. Doors give one: {@code HoldfastOkHttp.sender}, {@code HoldfastHttpClient.sender}. Safe for several threads; never
 * blocks.
 */
public interface Sender {

    /**
     * Makes a call.
     *
     * @param request what to send
     * @return completes with the answer if it is a success, with at most 64 KiB of its body; exceptionally with a {@link ServiceException} if
     *     the last answer is none, with another {@link java.io.IOException} if there is no answer
     */
    CompletableFuture<Answer> send(Message request);

    /**
     * The service and policy that its calls follow.
     *
     * @return the holdfast
     */
    Holdfast holdfast();

    /**
     * An address of the service: at the endpoint that takes its place, where there is one.
     *
     * @param target a path, with or without a query
     * @return the whole address
     */
    default URI url(String target) {
        URI endpoint = holdfast().endpoint();
        return (endpoint == null ? holdfast().service().baseUrl() : endpoint).resolve(target);
    }

    /**
     * Checks whose calls a sender makes.
     *
     * @param service the service that must be asked
     * @param sender the sender
     * @return the same sender
     * @throws IllegalArgumentException if it makes calls of another service
     */
    static Sender of(Service service, Sender sender) {
        String id = Objects.requireNonNull(sender, "sender must not be null")
                .holdfast()
                .service()
                .id();
        if (!id.equals(service.id())) {
            throw new IllegalArgumentException(
                    "sender must make calls of " + service.id() + ", but makes calls of " + id);
        }
        return sender;
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
