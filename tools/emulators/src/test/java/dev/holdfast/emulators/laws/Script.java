package dev.holdfast.emulators.laws;

import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** Answers in the order in which it was told; the last one again and again if told so, otherwise a status that no test expects. */
public final class Script extends Dispatcher {
    private final Deque<MockResponse> queue = new ConcurrentLinkedDeque<>();
    private final LinkedBlockingQueue<RecordedRequest> received = new LinkedBlockingQueue<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile MockResponse forever;
    private volatile boolean holding;

    public void add(MockResponse... responses) {
        queue.addAll(List.of(responses));
    }

    public void always(MockResponse response) {
        forever = response;
    }

    /** From now on requests arrive and get no answer until {@link #release()}. */
    public void hold() {
        holding = true;
    }

    public void release() {
        holding = false;
        released.countDown();
    }

    /** The next request that the server saw, in order. */
    public RecordedRequest next() throws InterruptedException {
        return received.take();
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
        received.add(request);
        if (holding) {
            released.await();
        }
        MockResponse next = queue.poll();
        if (next != null) {
            return next;
        }
        MockResponse last = forever;
        return last != null ? last : new MockResponse.Builder().code(299).build();
    }
}
