package dev.holdfast.core.response;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a decision may know of the request. Immutable.
 *
 * @param method the HTTP method, upper case
 * @param path the path as sent, {@code /} where there is none
 * @param query the query as sent, without the question mark, or null
 * @param headers finds the first value of a header; never printed
 */
public record RequestView(
        String method, String path, @Nullable String query, HeaderLookup headers) {
    private static final HeaderLookup NONE = name -> null;

    /** Finds the first value of a header by its name in any case, or null. */
    @FunctionalInterface
    public interface HeaderLookup {

        /**
         * Finds a header.
         *
         * @param name its name
         * @return its first value, or null
         */
        @Nullable
        String first(String name);
    }

    /**
     * A request whose headers do not matter or are not known.
     *
     * @param method the HTTP method
     * @param path the path as sent
     * @param query the query as sent, without the question mark, or null
     */
    public RequestView(String method, String path, @Nullable String query) {
        this(method, path, query, NONE);
    }

    /**
     * Checks the parts.
     *
     * @param method the HTTP method, upper case
     * @param path the path as sent, {@code /} where there is none
     * @param query the query as sent, without the question mark, or null
     * @param headers finds the first value of a header; never printed
     */
    public RequestView {
        method = Objects.requireNonNull(method, "method must not be null").toUpperCase(Locale.ROOT);
        path = Objects.requireNonNull(path, "path must not be null").isEmpty() ? "/" : path;
    }

    /**
     * A request known by method and path only.
     *
     * @param method the HTTP method
     * @param pathAndQuery the path, with or without a query
     * @return the view
     */
    public static RequestView of(String method, String pathAndQuery) {
        int question = pathAndQuery.indexOf('?');
        return question < 0
                ? new RequestView(method, pathAndQuery, null)
                : new RequestView(method, pathAndQuery.substring(0, question), pathAndQuery.substring(question + 1));
    }

    /**
     * A request to an address.
     *
     * @param method the HTTP method
     * @param url its address
     * @return the view
     */
    public static RequestView of(String method, URI url) {
        String path = url.getRawPath();
        return new RequestView(method, path == null ? "/" : path, url.getRawQuery());
    }

    /**
     * One parameter of the query.
     *
     * @param name its name, in this case
     * @return its first value as sent, or null
     */
    public @Nullable String parameter(String name) {
        if (query == null) {
            return null;
        }
        for (int at = 0; at <= query.length(); ) {
            int end = query.indexOf('&', at);
            String pair = query.substring(at, end < 0 ? query.length() : end);
            int equals = pair.indexOf('=');
            if (equals >= 0 ? pair.substring(0, equals).equals(name) : pair.equals(name)) {
                return equals >= 0 ? pair.substring(equals + 1) : "";
            }
            at = end < 0 ? query.length() + 1 : end + 1;
        }
        return null;
    }

    /** Method and path only: a query may hold a secret. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
