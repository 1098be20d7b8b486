package dev.holdfast.jdk;

import dev.holdfast.core.internal.call.Addressing;
import dev.holdfast.core.internal.call.CallContext;
import dev.holdfast.core.internal.call.CallEngine;
import dev.holdfast.core.internal.call.ResilientCall;
import dev.holdfast.core.internal.limit.EndpointLimiter;
import dev.holdfast.core.internal.outcome.OutcomeSuppressed;
import dev.holdfast.core.outcome.CallOptions;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.ServiceException;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.service.Operation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** A call, from the caller's request to the response with the body that the caller's handler made. */
final class JdkCall<T> implements ResilientCall.Completion<JdkReply<T>> {
    private final CallEngine engine;
    private final Operation operation;
    private final JdkTransport<T> port;
    private final @Nullable IOException refusal;
    private final long startNanos;
    private final ResilientCall<JdkReply<T>> call;
    private final CallFuture<HttpResponse<T>> future = new CallFuture<>(this::cancel);
    private boolean fetches;

    JdkCall(
            HttpClient client,
            CallEngine engine,
            RequestRules rules,
            HttpRequest request,
            BodyHandler<T> handler,
            CallOptions options) {
        this.engine = engine;
        RequestView view = RequestRules.view(request);
        this.operation = engine.service().operation(view);
        this.port = new JdkTransport<>(client, rules, rules.prepare(request), handler);
        this.refusal = rules.refusal(port.request());
        this.startNanos = engine.timeSource().nanoTime();
        boolean oneShot =
                request.bodyPublisher().map(BodyPublisher::contentLength).orElse(0L) < 0;
        CallContext plan = new CallContext(
                view, operation, limiter(), oneShot, request.timeout().orElse(null), options);
        this.call = new ResilientCall<>(engine, port, plan);
    }

    private EndpointLimiter limiter() {
        if (refusal != null) {
            // A limiter is made for the service's own hosts only: a refused call leaves nothing.
            return engine.unregisteredLimiter();
        }
        URI url = port.request().uri();
        return engine.limiter(operation, Addressing.authority(url));
    }

    /** Reads a success within its attempt; to be said before the call is sent. */
    JdkCall<T> readBy(AttemptReader.Check<T> check) {
        port.readBy(check);
        fetches = true;
        return this;
    }

    HttpResponse<T> send() throws IOException, InterruptedException {
        try {
            if (refusal != null) {
                throw call.refuse(StopReason.HOST_REFUSED, refusal);
            }
            JdkReply<T> reply = call.execute();
            if (isFailure(reply)) {
                throw failure(reply);
            }
            return response(reply, body(reply));
        } catch (InterruptedException | RuntimeException | Error e) {
            throw e;
        } catch (IOException e) {
            Outcome outcome = Outcome.of(e);
            if (outcome != null && outcome.reason() == StopReason.INTERRUPTED) {
                throw interrupted(e);
            }
            throw e;
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }

    private boolean isFailure(JdkReply<T> reply) {
        return fetches && reply.outcome() != null && reply.outcome().decision() != null;
    }

    /** A fetch wants no body of a failure, and its handler need not understand one. */
    private ServiceException failure(JdkReply<T> reply) {
        port.discard(reply);
        Outcome outcome = Objects.requireNonNull(reply.outcome());
        return new ServiceException(reply.info().statusCode(), Objects.requireNonNull(outcome.decision()), outcome);
    }

    private T body(JdkReply<T> reply) throws Throwable {
        try {
            return reply.body().deliver().get();
        } catch (ExecutionException e) {
            throw told(e.getCause() == null ? e : e.getCause(), reply);
        } catch (InterruptedException e) {
            reply.body().abandon(new IOException("interrupted", e));
            Thread.currentThread().interrupt();
            throw told(e, reply);
        }
    }

    /** As the JDK's client throws it; the call has set the thread's flag again, and it stays set. */
    private static InterruptedException interrupted(IOException cause) {
        InterruptedException thrown = new InterruptedException("interrupted");
        thrown.initCause(cause);
        return thrown;
    }

    CompletableFuture<HttpResponse<T>> sendAsync() {
        if (refusal != null) {
            future.completeExceptionally(call.refuse(StopReason.HOST_REFUSED, refusal));
        } else {
            call.enqueue(this);
        }
        return future;
    }

    @Override
    public void onResponse(JdkReply<T> reply) {
        if (future.isDone()) {
            port.discard(reply);
            return;
        }
        if (isFailure(reply)) {
            future.completeExceptionally(failure(reply));
            return;
        }
        var unused = reply.body()
                .deliver()
                .whenCompleteAsync(
                        (value, fault) -> {
                            if (fault != null) {
                                future.completeExceptionally(told(fault, reply));
                            } else if (!future.complete(response(reply, value))) {
                                port.discard(reply);
                            }
                        },
                        Threads.LATER);
    }

    @Override
    public void onFailure(Throwable thrown) {
        future.completeExceptionally(thrown);
    }

    /** A future derived from ours may be cancelled long after; what has been handed out by then is not taken back. */
    private void cancel() {
        if (!future.isDone() || future.isCancelled()) {
            call.cancel();
        }
    }

    private static <T> Throwable told(Throwable thrown, JdkReply<T> reply) {
        if (reply.outcome() != null) {
            OutcomeSuppressed.attach(thrown, reply.outcome());
        }
        return thrown;
    }

    private HttpResponse<T> response(JdkReply<T> reply, T value) {
        Duration took = Duration.ofNanos(engine.timeSource().nanoTime() - startNanos);
        Outcome outcome = reply.outcome();
        int status = reply.info().statusCode();
        String service = engine.service().id();
        return new HoldfastResponse<>(
                port.request(),
                reply.info(),
                reply.sslSession(),
                value,
                () -> outcome == null ? Outcome.cleanSuccess(service, operation.id(), status, took) : outcome);
    }
}
