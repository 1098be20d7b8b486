package dev.holdfast.core.service;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.internal.call.Access;
import dev.holdfast.core.internal.call.EngineServiceClient;
import dev.holdfast.core.response.ResponseView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A service client in the test's hands: it keeps what was sent, and the test answers. */
public final class FakeServiceClient extends EngineServiceClient {
    public final List<Message> sent = new ArrayList<>();
    private CompletableFuture<ResponseView> next = new CompletableFuture<>();

    public FakeServiceClient(Holdfast holdfast) {
        super(Access.of(holdfast));
    }

    /** The next request is answered so at once. */
    public void answers(ResponseView answer) {
        next = CompletableFuture.completedFuture(answer);
    }

    /** The next request ends so at once. */
    public void throwsThat(Throwable thrown) {
        next = CompletableFuture.failedFuture(thrown);
    }

    @Override
    protected <T> CompletableFuture<T> call(Message request, Function<ResponseView, T> reader) {
        sent.add(request);
        return next.thenApply(reader);
    }
}
