package dev.holdfast.okhttp;

import dev.holdfast.core.internal.call.CallContext;
import dev.holdfast.core.internal.call.ResilientCall;
import dev.holdfast.core.internal.limit.EndpointLimiter;
import dev.holdfast.core.internal.time.Durations;
import dev.holdfast.core.outcome.CallOptions;
import dev.holdfast.core.outcome.HostRefusedException;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.core.time.TimeSource;
import dev.holdfast.okhttp.HoldfastCallFactory.Prepared;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
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
    private final OkHttpTransport port;

    /** Made when somebody asks for it; nearly nobody does. */
    private volatile @Nullable Timeout timeout;

    private volatile boolean executed;
    private volatile boolean canceled;
    private volatile @Nullable ResilientCall<Response> running;

    HoldfastCall(HoldfastCallFactory factory, Request original) {
        this.factory = factory;
        this.port = new OkHttpTransport(factory, original);
    }

    @Override
    public Request request() {
        return port.original();
    }

    @Override
    public Response execute() throws IOException {
        ResilientCall<Response> call = start();
        try {
            if (!port.prepared().allowed()) {
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
        Objects.requireNonNull(callback, "callback must not be null");
        ResilientCall<Response> call = start();
        CallbackCompletion completion = new CallbackCompletion(this, callback);
        if (!port.prepared().allowed()) {
            port.handOver(() -> completion.onFailure(call.refuse(StopReason.HOST_REFUSED, refused())));
            return;
        }
        call.enqueue(completion);
    }

    /** Reads a success within its attempt; to be said before the call is executed. */
    void readBy(AttemptReader<?> reader) {
        port.readBy(reader);
    }

    private ResilientCall<Response> start() {
        synchronized (this) {
            if (executed) {
                throw new IllegalStateException("Already Executed");
            }
            executed = true;
        }
        RequestBody body = request().body();
        CallOptions tagged = request().tag(CallOptions.class);
        CallOptions options = tagged == null ? CallOptions.none() : tagged;
        boolean oneShot = body != null && (body.isOneShot() || body.isDuplex());
        Prepared prepared = port.prepared();
        // A limiter is made for the service's own hosts only: a refused call leaves nothing.
        EndpointLimiter limiter = prepared.allowed()
                ? factory.limiter(prepared.operation(), prepared.request().url())
                : factory.engine().unregisteredLimiter();
        CallContext plan =
                new CallContext(prepared.view(), prepared.operation(), limiter, oneShot, callersLimit(), options);
        if (plan.retrySafety() != RetrySafety.ALWAYS) {
            port.looksFirst();
        }
        ResilientCall<Response> call = new ResilientCall<>(factory.engine(), port, plan);
        running = call;
        if (canceled) {
            call.cancel();
        }
        return call;
    }

    private HostRefusedException refused() {
        return new HostGuard(factory).refused(port.prepared().request());
    }

    /** The caller's own bound on the whole call: a timeout, a point in time, or both. */
    private @Nullable Duration callersLimit() {
        Timeout changed = timeout;
        if (changed == null) {
            int millis = factory.client().callTimeoutMillis();
            return millis > 0 ? Duration.ofMillis(millis) : null;
        }
        Duration limit = changed.timeoutNanos() > 0 ? Duration.ofNanos(changed.timeoutNanos()) : null;
        if (changed.hasDeadline()) {
            Duration left = Duration.ofNanos(
                    changed.deadlineNanoTime() - TimeSource.system().nanoTime());
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
        return executed;
    }

    @Override
    public boolean isCanceled() {
        return canceled;
    }

    @Override
    public synchronized Timeout timeout() {
        Timeout made = timeout;
        if (made == null) {
            made = new Timeout().timeout(factory.client().callTimeoutMillis(), TimeUnit.MILLISECONDS);
            timeout = made;
        }
        return made;
    }

    @Override
    public void addEventListener(EventListener listener) {
        port.addEventListener(listener);
    }

    @Override
    public <T> @Nullable T tag(KClass<T> type) {
        return port.tagged().tag(type);
    }

    @Override
    public <T> @Nullable T tag(Class<? extends T> type) {
        return port.tagged().tag(type);
    }

    @Override
    public <T> T tag(KClass<T> type, Function0<? extends T> computeIfAbsent) {
        return port.tagged().tag(type, computeIfAbsent);
    }

    @Override
    public <T> T tag(Class<T> type, Function0<? extends T> computeIfAbsent) {
        return port.tagged().tag(type, computeIfAbsent);
    }

    /** A call for the same request that has not been executed, as OkHttp's own clone; the superclass has no state to copy. */
    @Override
    @SuppressWarnings("MethodDoesntCallSuperMethod")
    public Call clone() {
        return factory.newCall(request());
    }
}
