package dev.holdfast.jdk;

import dev.holdfast.core.response.ResponseView;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A body on its way from the client to a receiver that may come later. Until there is one, the beginning is kept, and no more is asked for
 * than is looked at; then what was kept is passed on and the rest follows as the receiver asks for it.
 *
 * <p>Client and receiver call on any thread. Whoever comes first does what there is to do, for the others too, so that no lock is held
 * while somebody else's code runs.
 */
final class BodyRelay implements Flow.Subscriber<List<ByteBuffer>>, Flow.Subscription {
    private final Consumer<Throwable> spoilt;
    private final AtomicInteger work = new AtomicInteger();
    private final Queue<List<ByteBuffer>> arrived = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> held = new CompletableFuture<>();
    private final AtomicLong demand = new AtomicLong();
    private final AtomicBoolean ending = new AtomicBoolean();
    private volatile long bytes;
    private volatile Flow.@Nullable Subscription source;
    private volatile Flow.@Nullable Subscriber<? super List<ByteBuffer>> receiver;
    private volatile boolean asked;
    private volatile boolean unwanted;
    private volatile boolean ended;
    private volatile @Nullable Throwable fault;

    /** Used by one thread at a time, as {@link #work} sees to. */
    private boolean greeted;

    private boolean told;

    /** Hears what the receiver threw. */
    BodyRelay(Consumer<Throwable> spoilt) {
        this.spoilt = spoilt;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        source = subscription;
        if (unwanted || ended) {
            subscription.cancel();
        }
        go();
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
        if (!ended && !unwanted) {
            long all = bytes;
            for (ByteBuffer buffer : item) {
                all += buffer.remaining();
            }
            // In this order: whoever sees the count finds the bytes.
            arrived.add(item);
            bytes = all;
        }
        asked = false;
        go();
    }

    @Override
    public void onError(Throwable throwable) {
        end(throwable);
    }

    @Override
    public void onComplete() {
        end(null);
    }

    /** Ends the body before its end, for both sides. */
    void breakOff(Throwable why) {
        end(why);
        Flow.Subscription from = source;
        if (from != null && fault == why) {
            from.cancel();
        }
    }

    private void end(@Nullable Throwable why) {
        if (ending.compareAndSet(false, true)) {
            fault = why;
            ended = true;
        }
        go();
    }

    /** Done when the beginning is there: all that is looked at, or all that came. */
    CompletableFuture<Void> held() {
        return held;
    }

    /** What broke the body off, or null. */
    @Nullable
    Throwable fault() {
        return fault;
    }

    boolean isWhole() {
        return ended && fault == null;
    }

    /** A copy of the beginning, with a byte more than is looked at where there is more; only before there is a receiver. */
    byte[] beginning() {
        byte[] copy = new byte[(int) Math.min(bytes, ResponseView.BODY_LIMIT + 1L)];
        int at = 0;
        for (List<ByteBuffer> item : arrived) {
            for (ByteBuffer buffer : item) {
                int length = Math.min(buffer.remaining(), copy.length - at);
                buffer.duplicate().get(copy, at, length);
                at += length;
            }
        }
        return copy;
    }

    void passTo(Flow.Subscriber<? super List<ByteBuffer>> subscriber) {
        receiver = subscriber;
        go();
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            breakOff(new IllegalArgumentException("a receiver must ask for more than " + n));
            return;
        }
        demand.accumulateAndGet(n, (old, more) -> old + more < 0 ? Long.MAX_VALUE : old + more);
        go();
    }

    /** The receiver, or who stands for it, wants no more. */
    @Override
    public void cancel() {
        unwanted = true;
        Flow.Subscription from = source;
        if (from != null && !ended) {
            from.cancel();
        }
        go();
    }

    private void go() {
        if (work.getAndIncrement() != 0) {
            return;
        }
        int done = 1;
        do {
            Flow.Subscriber<? super List<ByteBuffer>> to = receiver;
            if (to == null) {
                hold();
            } else if (!told) {
                pass(to);
            }
            done = work.addAndGet(-done);
        } while (done != 0);
    }

    private void hold() {
        if (ended || bytes > ResponseView.BODY_LIMIT) {
            held.complete(null);
        } else {
            ask();
        }
    }

    private void pass(Flow.Subscriber<? super List<ByteBuffer>> to) {
        try {
            if (!greeted && (source != null || ended)) {
                greeted = true;
                to.onSubscribe(this);
            }
            while (greeted && !unwanted) {
                // Read before the queue: what came before the end is in it then.
                boolean last = ended;
                List<ByteBuffer> next = demand.get() > 0 ? arrived.poll() : null;
                if (next != null) {
                    demand.updateAndGet(left -> left == Long.MAX_VALUE ? left : left - 1);
                    to.onNext(next);
                } else if (last && arrived.isEmpty()) {
                    told = true;
                    tellEnd(to);
                    return;
                } else {
                    if (demand.get() > 0) {
                        ask();
                    }
                    return;
                }
            }
            if (unwanted) {
                arrived.clear();
            }
        } catch (Throwable thrown) {
            told = true;
            spoilt.accept(thrown);
        }
    }

    private void tellEnd(Flow.Subscriber<? super List<ByteBuffer>> to) {
        Throwable why = fault;
        if (why == null) {
            to.onComplete();
        } else {
            to.onError(why);
        }
    }

    private void ask() {
        Flow.Subscription from = source;
        if (from != null && !asked && !ended) {
            asked = true;
            from.request(1);
        }
    }
}
