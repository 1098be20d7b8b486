package dev.holdfast.jdk;

import dev.holdfast.core.outcome.Outcome;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** What the JDK's client gave for an attempt, before the caller's subscriber has seen a held body. */
record JdkReply<T>(
        AttemptBody<T> body,
        Optional<SSLSession> sslSession,
        @Nullable Outcome outcome) {

    ResponseInfo info() {
        return body.info();
    }

    JdkReply<T> with(Outcome told) {
        return new JdkReply<>(body, sslSession, told);
    }
}
