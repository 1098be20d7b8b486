package dev.holdfast.jdk;

import dev.holdfast.core.internal.call.Transport;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.RequestDraft;
import dev.holdfast.core.response.ResponseView;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The JDK client's side of one call. */
final class JdkTransport<T> implements Transport<JdkReply<T>> {
    private final HttpClient client;
    private final HttpRequest request;
    private final BodyHandler<T> handler;
    private final RequestRules rules;
    private AttemptReader.@Nullable Check<T> check;

    /** The attempt before, until it is known whether it left a silent connection. Attempts of a call follow one another, so no lock is needed. */
    private @Nullable JdkExchange<T> before;

    private boolean silent;

    JdkTransport(HttpClient client, RequestRules rules, HttpRequest request, BodyHandler<T> handler) {
        this.client = client;
        this.rules = rules;
        this.request = request;
        this.handler = handler;
    }

    HttpRequest request() {
        return request;
    }

    @Override
    public Exchange<JdkReply<T>> exchange(Duration timeout, Inspection inspects, Changes changes) {
        HttpRequest changed = changes.rebuild() == null ? request : rebuilt(changes.rebuild());
        HttpRequest.Builder copy =
                HttpRequest.newBuilder(changed, (name, value) -> true).timeout(timeout);
        SingleSend once = SingleSend.of(changed, client);
        if (once != null) {
            copy.method(changed.method(), once);
        }
        IOException refusal = changes.rebuild() == null ? null : rules.refusal(changed);
        if (refusal != null) {
            return new RefusedExchange<>(refusal);
        }
        if (leavesHttp2(changed)) {
            copy.version(HttpClient.Version.HTTP_1_1);
        }
        if (changes.sign() != null) {
            changes.sign().accept(new SignedHttpRequest(changed, copy));
        }
        JdkExchange<T> exchange = new JdkExchange<>(client, copy.build(), once, handler, inspects);
        before = exchange;
        return exchange;
    }

    /**
     * The JDK's client keeps an HTTP/2 connection after a time-out and sends the next request on it, silent or not. It has no ping and gives
     * no connection out. A request of HTTP/1.1 never goes on that connection. A caller's own version stays.
     */
    private boolean leavesHttp2(HttpRequest next) {
        note();
        return silent && next.version().isEmpty();
    }

    private void note() {
        JdkExchange<T> last = before;
        silent |= last != null && last.timedOutInSilence();
        before = null;
    }

    @Override
    public void pausing() {
        note();
    }

    private HttpRequest rebuilt(Consumer<RequestDraft> rebuild) {
        RebuiltHttpRequest draft = new RebuiltHttpRequest(request);
        rebuild.accept(draft);
        return rules.prepare(draft.request());
    }

    /** Successes are read within their attempt from now on. */
    void readBy(AttemptReader.Check<T> reading) {
        check = reading;
    }

    @Override
    public void read(JdkReply<T> response) throws IOException {
        AttemptReader.Check<T> reading = check;
        if (reading != null) {
            AttemptReader.read(response, reading);
        }
    }

    @Override
    public JdkReply<T> attach(JdkReply<T> response, Outcome outcome) {
        return response.with(outcome);
    }

    @Override
    public JdkReply<T> rebuild(ResponseView kept) {
        return new JdkReply<>(KeptBody.of(kept, handler), Optional.empty(), null);
    }

    /** A body that the caller's handler gives out as a stream counts as closed when it is given out. */
    @Override
    public JdkReply<T> onClosed(JdkReply<T> response, Runnable closed) {
        var unused = response.body().value().whenComplete((value, fault) -> closed.run());
        return response;
    }

    @Override
    public void discard(JdkReply<T> response) {
        response.body().abandon(new IOException("the answer was not handed out"));
    }

    @Override
    public void handOver(Runnable task) {
        Threads.LATER.execute(task);
    }
}
