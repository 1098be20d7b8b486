package dev.holdfast.core.jdk;

import dev.holdfast.core.error.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLSession;

/** An answer rebuilt from what was kept of it before a wait: its body is a copy of at most 64 KiB and holds no connection. */
record KeptHead<T>(HttpRequest request, int statusCode, HttpHeaders headers, AttemptBody<T> body)
        implements HttpResponse<AttemptBody<T>> {

    static <T> KeptHead<T> of(HttpRequest request, Answer kept, HttpResponse.BodyHandler<T> handler) {
        HttpHeaders headers = HttpHeaders.of(kept.headers().asMap(), (name, value) -> true);
        Info info = new Info(kept.status(), headers);
        AttemptBody<T> body = AttemptBody.held(handler, info);
        body.onSubscribe(Nothing.MORE);
        body.onNext(List.of(ByteBuffer.wrap(kept.body()).asReadOnlyBuffer()));
        body.onComplete();
        return new KeptHead<>(request, kept.status(), headers, body);
    }

    private record Info(int statusCode, HttpHeaders headers) implements HttpResponse.ResponseInfo {
        @Override
        public HttpClient.Version version() {
            return HttpClient.Version.HTTP_1_1;
        }
    }

    /** There is no server behind it to ask for more. */
    private enum Nothing implements Flow.Subscription {
        MORE;

        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    }

    @Override
    public Optional<HttpResponse<AttemptBody<T>>> previousResponse() {
        return Optional.empty();
    }

    @Override
    public Optional<SSLSession> sslSession() {
        return Optional.empty();
    }

    @Override
    public URI uri() {
        return request.uri();
    }

    @Override
    public HttpClient.Version version() {
        return HttpClient.Version.HTTP_1_1;
    }
}
