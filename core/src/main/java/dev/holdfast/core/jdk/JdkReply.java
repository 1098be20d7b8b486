package dev.holdfast.core.jdk;

import dev.holdfast.core.Outcome;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** What the JDK's client gave for an attempt, before the caller's subscriber has seen a held body. */
record JdkReply<T>(
        HttpResponse<AttemptBody<T>> head, @Nullable Outcome outcome) {

    AttemptBody<T> body() {
        return head.body();
    }
}
