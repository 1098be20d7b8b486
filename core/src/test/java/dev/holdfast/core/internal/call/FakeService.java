package dev.holdfast.core.internal.call;

import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The far end of all fake transports of one test: answers in the order in which it was told, and remembers what was done to it. */
public final class FakeService {
    private final Deque<FakeAnswer> script = new ConcurrentLinkedDeque<>();
    private volatile @Nullable FakeAnswer forever;
    private final List<FakeRequest> requests = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<FakeRequest> arrivals = new LinkedBlockingQueue<>();
    private final List<FakeResponse> responses = new CopyOnWriteArrayList<>();
    private final List<FakeResponse> discarded = new CopyOnWriteArrayList<>();
    private final AtomicInteger handOvers = new AtomicInteger();
    private volatile Runnable preparing = () -> {};
    final ExecutorService threads = Executors.newCachedThreadPool(FakeService::thread);

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "fake-client");
        thread.setDaemon(true);
        return thread;
    }

    void handOver(Runnable task) {
        handOvers.incrementAndGet();
        threads.execute(task);
    }

    /** How often a call asked for a thread of the client. */
    public int handOvers() {
        return handOvers.get();
    }

    public void answers(FakeAnswer... answers) {
        script.addAll(List.of(answers));
    }

    /** From when the script is at its end. */
    public void always(FakeAnswer answer) {
        forever = answer;
    }

    /** Runs while an attempt is prepared, before anything is sent. */
    public void whilePreparing(Runnable task) {
        preparing = task;
    }

    void preparing() {
        preparing.run();
    }

    FakeAnswer next(FakeRequest request) {
        requests.add(request);
        arrivals.add(request);
        FakeAnswer next = script.poll();
        FakeAnswer last = forever;
        if (next == null && last == null) {
            throw new AssertionError("no answer is left for request " + requests.size());
        }
        return next == null ? last : next;
    }

    void gave(FakeResponse response) {
        responses.add(response);
    }

    void discard(FakeResponse response) {
        discarded.add(response);
        response.close();
    }

    /** Waits for the next request that was sent, in order. */
    public FakeRequest awaitRequest() throws InterruptedException {
        return arrivals.take();
    }

    public int requests() {
        return requests.size();
    }

    public List<FakeRequest> sent() {
        return List.copyOf(requests);
    }

    /** The responses that were given back without being handed out. */
    public List<FakeResponse> discarded() {
        return List.copyOf(discarded);
    }

    /** The responses whose connection was not given back. */
    public List<FakeResponse> open() {
        return responses.stream().filter(response -> !response.isClosed()).toList();
    }
}
