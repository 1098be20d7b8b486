package dev.holdfast.emulators.faults;

import dev.holdfast.emulators.laws.TimeoutNow;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/**
 * Ends the attempts that only a timeout ends. For OkHttp it fires the attempt's own timeout, when the fault has struck and not before: a
 * timeout of some seconds would also cut off the good part of an attempt on a machine that is slow enough.
 */
final class AttemptTimer extends EventListener {
    /** For what never comes to its end: nothing has to be faster than this. */
    static final Duration AT_ONCE = Duration.ofMillis(100);

    private final Fault fault;
    private final FaultServer server;
    private volatile boolean armed;
    private volatile Call attempt;

    AttemptTimer(Fault fault, FaultServer server) {
        this.fault = fault;
        this.server = server;
    }

    /** From now on attempts meet the fault. */
    void arm() {
        armed = true;
    }

    /** From now on attempts are answered well, and end by no timeout. */
    void disarm() {
        armed = false;
    }

    boolean armed() {
        return armed;
    }

    Fault fault() {
        return fault;
    }

    FaultServer server() {
        return server;
    }

    /** A client with a pool and a dispatcher of its own, for the caller to shut down. */
    OkHttpClient client(OkHttpClient patient) {
        return patient.newBuilder()
                .connectionPool(new ConnectionPool())
                .dispatcher(new Dispatcher())
                .eventListener(this)
                .addInterceptor(chain -> connecting(chain).proceed(chain.request()))
                .build();
    }

    private Interceptor.Chain connecting(Interceptor.Chain chain) {
        return armed && fault == Fault.CONNECT_STALL
                ? chain.withConnectTimeout((int) AT_ONCE.toMillis(), TimeUnit.MILLISECONDS)
                : chain;
    }

    /** The answer has been given to the caller, who reads on. */
    void handedOut() {
        if (armed && attempt != null && fault.stallsInBodyOf(200)) {
            TimeoutNow.fire(attempt);
        }
    }

    @Override
    public void callStart(Call call) {
        attempt = call;
    }

    @Override
    public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
        if (armed && fault == Fault.CONNECT_STALL_LONG) {
            TimeoutNow.fire(call);
        }
    }

    /** The request is about to be sent, by the thread that says so. */
    @Override
    public void requestHeadersEnd(Call call, Request request) {
        if (armed && fault.stallsInHeaders()) {
            Thread waiting = new Thread(() -> {
                server.awaitStroke();
                TimeoutNow.fire(call);
            });
            waiting.setDaemon(true);
            waiting.start();
        }
    }

    @Override
    public void responseBodyStart(Call call) {
        if (armed && fault.stallsInBodyOf(503)) {
            TimeoutNow.fire(call);
        }
    }
}
