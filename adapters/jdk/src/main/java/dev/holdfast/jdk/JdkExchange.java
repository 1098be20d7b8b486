package dev.holdfast.jdk;

import dev.holdfast.core.internal.call.AttemptFacts;
import dev.holdfast.core.internal.call.AttemptResponse;
import dev.holdfast.core.internal.call.Transport;
import dev.holdfast.core.internal.outcome.BrokenAnswerException;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.time.Scheduler;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Sends one attempt as one request of the JDK's client, and bounds what the client's own timeout does not.
 *
 * <p>Until the headers of a response are there, the client's timer alone decides. The client knows whether it has a connection, and says so by the
 * type: {@code HttpConnectTimeoutException} or {@code HttpTimeoutException}. The first means that the service has done nothing, so a write may
 * be repeated; the second leaves that unknown. This class cannot see a connection. Its timer therefore gives no verdict in that phase,
 * unless the client ignores its own timeout: {@link #SILENCE} later the attempt ends as unknown, so that no write is repeated. Its timer ends
 * the body.
 */
final class JdkExchange<T> implements Transport.Exchange<JdkReply<T>> {
    /** Keeps the two timers apart in the usual case; nothing depends on which of them is first. */
    private static final Duration GRACE = Duration.ofMillis(50);

    /** How long a client may stay silent after its own timeout was due. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final HttpClient client;
    private final HttpRequest request;
    private final @Nullable SingleSend once;
    private final BodyHandler<T> handler;
    private final Transport.Inspection inspects;
    private final CompletableFuture<AttemptResponse<JdkReply<T>>> done = new CompletableFuture<>();
    private volatile Scheduler.@Nullable Timer timer;
    private volatile @Nullable CompletableFuture<HttpResponse<AttemptBody<T>>> sent;
    private volatile @Nullable AttemptBody<T> body;
    private volatile boolean canceled;
    private volatile boolean due;

    JdkExchange(
            HttpClient client,
            HttpRequest request,
            @Nullable SingleSend once,
            BodyHandler<T> handler,
            Transport.Inspection inspects) {
        this.client = client;
        this.request = request;
        this.once = once;
        this.handler = handler;
        this.inspects = inspects;
    }

    @Override
    public AttemptResponse<JdkReply<T>> execute() throws Exception {
        boolean worker = Threads.JDK_STARTS_ONE_EACH && SingleSend.isKnown(client);
        start(worker ? WorkerSend.start(client, request, this::receive) : client.sendAsync(request, this::receive));
        try {
            return done.get();
        } catch (InterruptedException e) {
            cancel();
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception fault) {
                throw fault;
            }
            throw e;
        }
    }

    @Override
    public void enqueue(Transport.Receiver<JdkReply<T>> receiver) {
        start(client.sendAsync(request, this::receive));
        // Never on the client's threads: one that waits for the caller's code would not bring the body that this code
        // waits for.
        var unused = done.whenCompleteAsync(
                (received, fault) -> {
                    if (fault == null) {
                        receiver.onReceived(received);
                    } else {
                        receiver.onFault(fault);
                    }
                },
                Threads.LATER);
    }

    private void start(CompletableFuture<HttpResponse<AttemptBody<T>>> future) {
        sent = future;
        if (canceled) {
            future.cancel(true);
        }
        request.timeout().ifPresent(this::startTimer);
        var unused = future.whenComplete(this::finished);
    }

    private void startTimer(Duration timeout) {
        Scheduler.Timer set = after(timeout.plus(GRACE), this::timedOut);
        timer = set;
        if (done.isDone()) {
            set.cancel();
        }
    }

    /**
     * Runs a task in real time, as the client's own timers do: the scheduler of the calls may skip their waits. The timers of {@link CompletableFuture} have a
     * thread that never ends, and on JDK 17 it holds the class loader of the application that was the first to need it.
     */
    private static Scheduler.Timer after(Duration wait, Runnable task) {
        return Scheduler.shared().schedule(() -> Threads.LATER.execute(task), lost -> {}, wait);
    }

    private void stopTimer() {
        Scheduler.Timer set = timer;
        if (set != null) {
            set.cancel();
        }
    }

    private BodySubscriber<AttemptBody<T>> receive(ResponseInfo info) {
        AttemptBody<T> next = inspects.wants(
                        info.statusCode(),
                        info.headers().firstValue("Content-Type").orElse(null))
                ? AttemptBody.held(handler, info)
                : AttemptBody.passed(handler, info);
        if (info.statusCode() == 205) {
            // What it announces as a body never comes (RFC 9110, 15.3.6); of 204 and 304 the client knows it.
            next.leaveEmpty();
        }
        body = next;
        var unused = next.value().whenComplete((value, fault) -> stopTimer());
        if (done.isCompletedExceptionally()) {
            next.abandon(canceled());
        } else if (due) {
            // These headers came after the timer, which does not fire again for their body.
            Threads.LATER.execute(this::timedOut);
        }
        return next;
    }

    private void finished(@Nullable HttpResponse<AttemptBody<T>> head, @Nullable Throwable thrown) {
        Throwable fault = readable(
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown);
        AttemptBody<T> came = body == null && head != null ? unasked(head) : body;
        if (came == null) {
            fail(withoutAnswer(fault));
        } else if (came.isHeld()) {
            if (fault != null) {
                // Its body broke off before the client had heard that the answer is complete for us.
                came.breakOff(fault);
            }
            var unused = came.answer().thenAccept(answer -> succeed(came, head, answer));
        } else if (fault == null) {
            succeed(came, head, null);
        } else if (fault instanceof IOException broken) {
            fail(new BrokenAnswerException(came.info().statusCode(), broken));
        } else {
            fail(fault);
        }
    }

    /** The client hands out what a proxy answers to CONNECT without asking for a body: a 407, whose body is the proxy's. */
    private AttemptBody<T> unasked(HttpResponse<AttemptBody<T>> head) {
        return KeptBody.of(
                ResponseView.of(
                        head.statusCode(), HeaderFields.of(head.headers().map()), new byte[0], true),
                handler);
    }

    private Throwable withoutAnswer(@Nullable Throwable fault) {
        if (fault == null) {
            return new IllegalStateException("the client gave a response and did not ask its body handler");
        }
        IOException repetition = once == null ? null : once.repetition(fault);
        return repetition == null ? fault : repetition;
    }

    /** A length that is no number makes the client throw what is no IOException, and its send throws that too. */
    private @Nullable Throwable readable(@Nullable Throwable fault) {
        if (once == null || !(fault instanceof IllegalArgumentException) || once.isThrownByBody(fault)) {
            return fault;
        }
        ProtocolException unreadable = new ProtocolException("the answer cannot be read: " + fault.getMessage());
        unreadable.initCause(fault);
        return unreadable;
    }

    private void succeed(
            AttemptBody<T> came, @Nullable HttpResponse<AttemptBody<T>> head, @Nullable ResponseView answer) {
        Optional<SSLSession> session = head == null ? Optional.empty() : head.sslSession();
        JdkReply<T> reply = new JdkReply<>(came, session, null);
        AttemptResponse<JdkReply<T>> received = answer == null
                ? new AttemptResponse.Passed<>(reply, came.info().statusCode())
                : new AttemptResponse.Inspected<>(reply, answer);
        if (!done.complete(received)) {
            came.abandon(canceled());
        }
    }

    private void fail(Throwable fault) {
        done.completeExceptionally(fault);
        stopTimer();
    }

    /** Ends the body. Where no headers came, the client says what it lacked. */
    void timedOut() {
        due = true;
        AttemptBody<T> came = body;
        if (came == null) {
            Scheduler.Timer silence = after(SILENCE, this::clientIsSilent);
            var unused = done.whenComplete((received, fault) -> silence.cancel());
            return;
        }
        HttpTimeoutException late = late();
        if (!came.isHeld()) {
            end(late);
        } else {
            // The status still decides; a caller who reads on gets what came, and then this.
            came.breakOff(late);
        }
    }

    /** Ends an attempt whose client ignores its own timeout. */
    void clientIsSilent() {
        if (body == null) {
            end(late());
        }
    }

    private static HttpTimeoutException late() {
        return new HttpTimeoutException("request timed out");
    }

    @Override
    public void cancel() {
        canceled = true;
        end(canceled());
    }

    private void end(IOException why) {
        fail(why);
        AttemptBody<T> came = body;
        if (came != null) {
            came.abandon(why);
        }
        CompletableFuture<?> running = sent;
        if (running != null) {
            running.cancel(true);
        }
    }

    @Override
    public boolean isCanceled() {
        return canceled;
    }

    @Override
    public AttemptFacts facts() {
        return AttemptEnd.facts(done.handle((received, thrown) -> thrown).getNow(null), body != null);
    }

    /** Whether the attempt has ended by its timeout, on a connection that brought no answer. */
    boolean timedOutInSilence() {
        Throwable fault = done.handle((received, thrown) -> thrown).getNow(null);
        return body == null && fault instanceof HttpTimeoutException && !AttemptEnd.isConnecting(fault);
    }

    private static IOException canceled() {
        return new IOException("Canceled");
    }
}
