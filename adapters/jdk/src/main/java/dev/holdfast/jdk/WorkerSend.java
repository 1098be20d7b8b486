package dev.holdfast.jdk;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The blocking send of a client, on a thread that a cancel may interrupt: that of the caller must keep its flag as the caller set it. Where
 * the JDK starts a thread for each of its asynchronous sends, this one starts none.
 */
final class WorkerSend<R> extends CompletableFuture<HttpResponse<R>> implements Runnable {
    private final HttpClient client;
    private final HttpRequest request;
    private final BodyHandler<R> handler;

    /** Guarded by the lock. */
    private @Nullable Thread worker;

    private WorkerSend(HttpClient client, HttpRequest request, BodyHandler<R> handler) {
        this.client = client;
        this.request = request;
        this.handler = handler;
    }

    static <R> CompletableFuture<HttpResponse<R>> start(
            HttpClient client, HttpRequest request, BodyHandler<R> handler) {
        WorkerSend<R> send = new WorkerSend<>(client, request, handler);
        Threads.LATER.execute(send);
        return send;
    }

    @Override
    public void run() {
        if (!begin()) {
            return;
        }
        HttpResponse<R> response;
        try {
            response = client.send(request, handler);
        } catch (Throwable thrown) {
            end();
            completeExceptionally(thrown);
            return;
        }
        end();
        complete(response);
    }

    private synchronized boolean begin() {
        if (isDone()) {
            return false;
        }
        worker = Thread.currentThread();
        return true;
    }

    /** From here on no cancel interrupts this thread, which has other work to do next. */
    private void end() {
        synchronized (this) {
            worker = null;
        }
        Thread.interrupted();
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        synchronized (this) {
            if (cancelled && worker != null) {
                worker.interrupt();
            }
        }
        return cancelled;
    }
}
