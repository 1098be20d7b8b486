package dev.holdfast.jdk;

import java.util.concurrent.CompletableFuture;

/** A future that cancels its call when it is cancelled, and so do those derived from it, as with the JDK's client. */
final class CallFuture<T> extends CompletableFuture<T> {
    private final Runnable cancelCall;

    CallFuture(Runnable cancelCall) {
        this.cancelCall = cancelCall;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean running = !isDone();
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (running && cancelled) {
            cancelCall.run();
        }
        return cancelled;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CallFuture<>(cancelCall);
    }
}
