package dev.holdfast.core.internal.call;

import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One call over the fake transport, and how it ended. */
public final class FakeCall {
    private final ResilientCall<FakeResponse> call;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger told = new AtomicInteger();
    private volatile @Nullable FakeResponse response;
    private volatile @Nullable Throwable thrown;
    private volatile @Nullable Thread caller;
    private volatile boolean interruptedAtItsEnd;

    FakeCall(ResilientCall<FakeResponse> call) {
        this.call = call;
    }

    /** Starts it: asynchronously, or blocking on a thread of its own. */
    public FakeCall start(Way way) {
        if (way == Way.ASYNC) {
            call.enqueue(new ResilientCall.Completion<>() {
                @Override
                public void onResponse(FakeResponse got) {
                    ended(got, null);
                }

                @Override
                public void onFailure(Throwable got) {
                    ended(null, got);
                }
            });
            return this;
        }
        Thread thread = new Thread(this::block, "fake-caller");
        thread.setDaemon(true);
        caller = thread;
        thread.start();
        return this;
    }

    private void block() {
        try {
            FakeResponse got = call.execute();
            interruptedAtItsEnd = Thread.currentThread().isInterrupted();
            ended(got, null);
        } catch (Exception | Error e) {
            interruptedAtItsEnd = Thread.currentThread().isInterrupted();
            ended(null, e);
        }
    }

    private void ended(@Nullable FakeResponse got, @Nullable Throwable failure) {
        response = got;
        thrown = failure;
        told.incrementAndGet();
        ended.countDown();
    }

    public void cancel() {
        call.cancel();
    }

    /** Interrupts the thread that blocks in it. */
    public void interrupt() {
        thread().interrupt();
    }

    public Thread thread() {
        return Objects.requireNonNull(caller, "only a blocking call has a thread");
    }

    public FakeCall await() throws InterruptedException {
        ended.await();
        return this;
    }

    public boolean hasEnded() {
        return ended.getCount() == 0;
    }

    public int timesTold() {
        return told.get();
    }

    public boolean interruptedAtItsEnd() {
        return interruptedAtItsEnd;
    }

    /** The response, for the test to close. */
    public FakeResponse response() throws InterruptedException {
        await();
        FakeResponse got = response;
        if (got == null) {
            throw new AssertionError("the call threw", thrown);
        }
        return got;
    }

    public Throwable thrown() throws InterruptedException {
        await();
        Throwable got = thrown;
        if (got == null) {
            throw new AssertionError("the call did not throw but returned " + response);
        }
        return got;
    }

    /** Closes the response, if there is one, and gives its status; 0 if the call threw. */
    public int close() throws InterruptedException {
        await();
        FakeResponse got = response;
        if (got == null) {
            return 0;
        }
        got.close();
        return got.status();
    }

    /** Closes the response, if there is one, and gives the outcome; null after a first attempt that succeeded. */
    public @Nullable Outcome outcome() throws InterruptedException {
        close();
        FakeResponse got = response;
        return got == null ? Outcome.of(Objects.requireNonNull(thrown)) : got.outcome();
    }

    /** Closes the response, if there is one, and gives why no further attempt was made. */
    public StopReason reason() throws InterruptedException {
        Outcome outcome = outcome();
        return outcome == null ? StopReason.SUCCEEDED : outcome.reason();
    }
}
