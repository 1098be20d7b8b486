package dev.holdfast.emulators.faults;

import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * The JDK's client with timeouts for the attempts that meet the fault alone. Until the headers are there, the client's own timer counts, and
 * only those attempts get a short one. After that the adapter's timer counts, which begins when {@code sendAsync} has returned: this one
 * returns when the headers are there or, where the answer is good, all of it is.
 */
final class TimedHttpClient extends HttpClient {
    /** Of an attempt that has to send its request before it ends, for the client begins its timer before it connects. The server may be slower. */
    private static final Duration TO_SEND = Duration.ofSeconds(3);

    private final HttpClient patient;
    private final HttpClient impatient;
    private final AttemptTimer timer;

    /** Two clients that differ by their connect timeouts alone. */
    TimedHttpClient(HttpClient patient, HttpClient impatient, AttemptTimer timer) {
        this.patient = patient;
        this.impatient = impatient;
        this.timer = timer;
    }

    /** Whether the adapter's timer ends the fault. */
    static boolean timesBody(Fault fault, Client client) {
        return !client.isOkHttp() && (fault.stallsInBodyOf(200) || fault.stallsInBodyOf(503));
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        Fault fault = timer.fault();
        boolean armed = timer.armed();
        if (fault.stallsInBodyOf(200) || fault.stallsInBodyOf(503)) {
            return headersFirst(with(Cell.USUAL, request), handler, armed);
        }
        if (!armed) {
            return patient.sendAsync(request, handler);
        }
        return switch (fault) {
            case CONNECT_STALL -> impatient.sendAsync(request, handler);
            case CONNECT_STALL_LONG -> patient.sendAsync(with(AttemptTimer.AT_ONCE, request), handler);
            case SLOW_HEADERS -> struckFirst(with(TO_SEND, request), handler);
            default -> patient.sendAsync(request, handler);
        };
    }

    private <T> CompletableFuture<HttpResponse<T>> headersFirst(
            HttpRequest request, BodyHandler<T> handler, boolean stalls) {
        CountDownLatch told = new CountDownLatch(1);
        CompletableFuture<HttpResponse<T>> sent = patient.sendAsync(request, info -> {
            try {
                return handler.apply(info);
            } finally {
                if (stalls) {
                    told.countDown();
                }
            }
        });
        var unused = sent.whenComplete((response, fault) -> told.countDown());
        awaitUninterrupted(told);
        return sent;
    }

    private <T> CompletableFuture<HttpResponse<T>> struckFirst(HttpRequest request, BodyHandler<T> handler) {
        CompletableFuture<HttpResponse<T>> sent = patient.sendAsync(request, handler);
        timer.server().awaitStroke();
        return sent;
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError("the test's limit is over", e);
        }
    }

    private static HttpRequest with(Duration timeout, HttpRequest request) {
        return HttpRequest.newBuilder(request, (name, value) -> true)
                .timeout(timeout)
                .build();
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, PushPromiseHandler<T> pushes) {
        throw new UnsupportedOperationException("pushes");
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
        return sendAsync(request, handler).join();
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return patient.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return patient.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return patient.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return patient.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return patient.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return patient.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return patient.authenticator();
    }

    @Override
    public Version version() {
        return patient.version();
    }

    @Override
    public Optional<Executor> executor() {
        return patient.executor();
    }
}
