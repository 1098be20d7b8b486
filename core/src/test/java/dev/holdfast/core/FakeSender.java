package dev.holdfast.core;

import dev.holdfast.core.call.Access;
import dev.holdfast.core.call.EngineSender;
import dev.holdfast.core.error.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A sender in the test's hands: it keeps what was sent, and the test answers. */
final class FakeSender extends EngineSender {
    final List<Message> sent = new ArrayList<>();
    private CompletableFuture<Answer> next = new CompletableFuture<>();

    FakeSender(Holdfast holdfast) {
        super(Access.of(holdfast));
    }

    /** The next request is answered so at once. */
    void answers(Answer answer) {
        next = CompletableFuture.completedFuture(answer);
    }

    /** The next request ends so at once. */
    void throwsThat(Throwable thrown) {
        next = CompletableFuture.failedFuture(thrown);
    }

    @Override
    public CompletableFuture<Answer> send(Message request) {
        sent.add(request);
        return next;
    }
}
