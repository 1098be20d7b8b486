package dev.holdfast.core.internal.call;

import dev.holdfast.core.outcome.Outcome;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The response of the fake transport. It holds a connection until it is closed. */
public final class FakeResponse implements AutoCloseable {
    private final int status;
    private final String body;
    private final boolean copy;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final List<Runnable> whenClosed = new CopyOnWriteArrayList<>();
    private volatile @Nullable Outcome outcome;

    FakeResponse(int status, String body, boolean copy) {
        this.status = status;
        this.body = body;
        this.copy = copy;
    }

    public int status() {
        return status;
    }

    public String body() {
        return body;
    }

    /** Whether it was rebuilt from what was kept of an earlier one. */
    public boolean isCopy() {
        return copy;
    }

    /** Null after a first attempt that succeeded: nothing is attached then. */
    public @Nullable Outcome outcome() {
        return outcome;
    }

    void attach(Outcome attached) {
        outcome = attached;
    }

    void whenClosed(Runnable task) {
        whenClosed.add(task);
    }

    public boolean isClosed() {
        return closed.get();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            whenClosed.forEach(Runnable::run);
        }
    }

    @Override
    public String toString() {
        return "FakeResponse[" + status + (copy ? ", copy" : "") + "]";
    }
}
