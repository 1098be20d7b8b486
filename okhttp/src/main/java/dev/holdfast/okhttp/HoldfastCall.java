package dev.holdfast.okhttp;

import dev.holdfast.core.CallOptions;
import dev.holdfast.core.Operation;
import dev.holdfast.core.call.CallPlan;
import dev.holdfast.core.call.HostRefusedException;
import dev.holdfast.core.call.ResilientCall;
import dev.holdfast.core.error.RequestView;
import dev.holdfast.core.retry.StopReason;
import dev.holdfast.core.time.Clock;
import dev.holdfast.core.time.Durations;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import kotlin.jvm.functions.Function0;
import kotlin.reflect.KClass;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.EventListener;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/** A full call that makes as many attempts as the policy wants, each a call of the derived client. */
final class HoldfastCall implements Call {
    private final HoldfastCallFactory factory;
    private final Request original;
    private final RequestView view;
    private final Operation operation;
    private final OkHttpPort port;
    private final Timeout timeout = new Timeout();
    private final AtomicBoolean executed = new AtomicBoolean();
    private volatile boolean canceled;
    private volatile @Nullable ResilientCall<Response> running;

    HoldfastCall(HoldfastCallFactory factory, Request original) {
        this.factory = factory;
        this.original = original;
        this.view = CleanSuccess.view(original);
        this.operation = factory.holdfast().service().operation(view);
        this.port = new OkHttpPort(factory.client(operation), factory.prepare(original));
        this.timeout.timeout(port.client().callTimeoutMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Request request() {
        return original;
    }

    @Override
    public Response execute() throws IOException {
        ResilientCall<Response> call = start();
        try {
            if (!factory.allows(port.request().url())) {
                throw call.refuse(StopReason.HOST_REFUSED, refused());
            }
            return call.execute();
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }

    @Override
    public void enqueue(Callback callback) {
        ResilientCall<Response> call = start();
        CallbackCompletion completion = new CallbackCompletion(this, callback);
        if (!factory.allows(port.request().url())) {
            port.handOver(() -> completion.onFailure(call.refuse(StopReason.HOST_REFUSED, refused())));
            return;
        }
        call.enqueue(completion);
    }

    private ResilientCall<Response> start() {
        if (!executed.compareAndSet(false, true)) {
            throw new IllegalStateException("Already Executed");
        }
        RequestBody body = original.body();
        CallOptions tagged = original.tag(CallOptions.class);
        CallOptions options = tagged == null ? CallOptions.none() : tagged;
        boolean oneShot = body != null && (body.isOneShot() || body.isDuplex());
        CallPlan plan = new CallPlan(
                view, operation, factory.gate(operation, port.request().url()), oneShot, callersLimit(), options);
        ResilientCall<Response> call = new ResilientCall<>(factory.holdfast(), port, plan);
        running = call;
        if (canceled) {
            call.cancel();
        }
        return call;
    }

    private HostRefusedException refused() {
        return new OwnHosts(factory).refused(port.request());
    }

    /** The caller's own bound on the whole call: a timeout, a point in time, or both. */
    private @Nullable Duration callersLimit() {
        Duration limit = timeout.timeoutNanos() > 0 ? Duration.ofNanos(timeout.timeoutNanos()) : null;
        if (timeout.hasDeadline()) {
            Duration left =
                    Duration.ofNanos(timeout.deadlineNanoTime() - Clock.system().nanoTime());
            limit = limit == null ? left : Durations.min(limit, left);
        }
        return limit;
    }

    @Override
    public void cancel() {
        canceled = true;
        ResilientCall<Response> call = running;
        if (call != null) {
            call.cancel();
        }
    }

    @Override
    public boolean isExecuted() {
        return executed.get();
    }

    @Override
    public boolean isCanceled() {
        return canceled;
    }

    @Override
    public Timeout timeout() {
        return timeout;
    }

    @Override
    public void addEventListener(EventListener listener) {
        port.addEventListener(listener);
    }

    @Override
    public <T> @Nullable T tag(KClass<T> type) {
        return port.first().tag(type);
    }

    @Override
    public <T> @Nullable T tag(Class<? extends T> type) {
        return port.first().tag(type);
    }

    @Override
    public <T> T tag(KClass<T> type, Function0<? extends T> computeIfAbsent) {
        return port.first().tag(type, computeIfAbsent);
    }

    @Override
    public <T> T tag(Class<T> type, Function0<? extends T> computeIfAbsent) {
        return port.first().tag(type, computeIfAbsent);
    }

    /** A call for the same request that has not been executed, as OkHttp's own clone; the superclass has no state to copy. */
    @Override
    @SuppressWarnings("MethodDoesntCallSuperMethod")
    public Call clone() {
        return factory.newCall(original);
    }
}
