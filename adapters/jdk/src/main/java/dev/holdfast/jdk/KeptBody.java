package dev.holdfast.jdk;

import dev.holdfast.core.response.ResponseView;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;

/** The body of an answer rebuilt from what was kept of it before a wait: a copy of at most 64 KiB that holds no connection. */
final class KeptBody {
    private KeptBody() {}

    static <T> AttemptBody<T> of(ResponseView kept, BodyHandler<T> handler) {
        HttpHeaders headers = HttpHeaders.of(kept.headers().asMap(), (name, value) -> true);
        AttemptBody<T> body = AttemptBody.held(handler, new Info(kept.status(), headers));
        body.onSubscribe(Nothing.MORE);
        body.onNext(List.of(ByteBuffer.wrap(kept.body()).asReadOnlyBuffer()));
        body.onComplete();
        return body;
    }

    private record Info(int statusCode, HttpHeaders headers) implements ResponseInfo {
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
}
