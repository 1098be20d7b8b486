package dev.holdfast.emulators.laws;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;

/** A callback that counts how often it is told, and by whom. */
public final class Once implements Callback {
    private final AtomicInteger told = new AtomicInteger();
    private final CountDownLatch ended = new CountDownLatch(1);
    public volatile Response response;
    public volatile IOException thrown;
    public volatile String thread;

    public static Once of(Call call) {
        Once once = new Once();
        call.enqueue(once);
        return once;
    }

    /** The response of an asynchronous call, as if it had been made on this thread. */
    public static Response enqueued(Call call) throws IOException {
        return of(call).get();
    }

    @Override
    public void onFailure(Call call, IOException e) {
        thrown = e;
        ended(Thread.currentThread());
    }

    @Override
    public void onResponse(Call call, Response got) {
        response = got;
        ended(Thread.currentThread());
    }

    private void ended(Thread by) {
        thread = by.getName();
        if (told.incrementAndGet() > 1) {
            throw new AssertionError("told " + told + " times");
        }
        ended.countDown();
    }

    public Once await() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return this;
    }

    public boolean hasEnded() {
        return ended.getCount() == 0;
    }

    public int timesTold() {
        return told.get();
    }

    public Response get() throws IOException {
        await();
        if (thrown != null) {
            throw thrown;
        }
        return response;
    }
}
