package dev.holdfast.jdk;

import dev.holdfast.core.outcome.Outcome;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLSession;

/**
 * A response with its outcome; that of a clean success is made when somebody asks. The request is the one that was sent, and there is never
 * a previous response, because the wrapped client neither follows redirects nor authenticates.
 */
record HoldfastResponse<T>(
        HttpRequest request, ResponseInfo info, Optional<SSLSession> sslSession, T body, Supplier<Outcome> told)
        implements HttpResponse<T> {

    Outcome outcome() {
        return told.get();
    }

    @Override
    public int statusCode() {
        return info.statusCode();
    }

    @Override
    public Optional<HttpResponse<T>> previousResponse() {
        return Optional.empty();
    }

    @Override
    public HttpHeaders headers() {
        return info.headers();
    }

    @Override
    public URI uri() {
        return request.uri();
    }

    @Override
    public HttpClient.Version version() {
        return info.version();
    }

    /** Neither query nor headers nor body: each may hold a secret. */
    @Override
    public String toString() {
        return "HoldfastResponse[" + request.method() + " " + uri().getRawPath() + " " + statusCode() + "]";
    }
}
