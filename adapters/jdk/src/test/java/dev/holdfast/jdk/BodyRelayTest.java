package dev.holdfast.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.response.ResponseView;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class BodyRelayTest {

    /** Asks for random amounts, from a thread of its own, and notes what comes. */
    private static class Receiver implements Flow.Subscriber<List<ByteBuffer>> {
        final List<Byte> got = new ArrayList<>();
        final CountDownLatch end = new CountDownLatch(1);
        final AtomicInteger inside = new AtomicInteger();
        final AtomicInteger outstanding = new AtomicInteger();
        volatile boolean wrong;
        volatile Throwable fault;
        private final Random random;
        private final Executor executor;
        private Flow.Subscription subscription;

        Receiver(Random random, Executor executor) {
            this.random = random;
            this.executor = executor;
        }

        private void ask() {
            int n = 1 + random.nextInt(3);
            outstanding.addAndGet(n);
            if (random.nextBoolean()) {
                executor.execute(() -> subscription.request(n));
            } else {
                subscription.request(n);
            }
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            ask();
        }

        @Override
        public void onNext(List<ByteBuffer> item) {
            wrong |= inside.getAndIncrement() != 0 || outstanding.getAndDecrement() <= 0;
            for (ByteBuffer buffer : item) {
                while (buffer.hasRemaining()) {
                    got.add(buffer.get());
                }
            }
            if (outstanding.get() == 0) {
                ask();
            }
            inside.decrementAndGet();
        }

        @Override
        public void onError(Throwable thrown) {
            fault = thrown;
            end.countDown();
        }

        @Override
        public void onComplete() {
            end.countDown();
        }
    }

    private static List<ByteBuffer> item(byte[] bytes) {
        return List.of(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
    }

    @RepeatedTest(30)
    void everyByteArrivesOnceAndInOrder() throws Exception {
        long seed = System.nanoTime();
        System.out.println("BodyRelayTest seed " + seed);
        Random random = new Random(seed);
        ExecutorService executor = Executors.newCachedThreadPool();
        try (SubmissionPublisher<List<ByteBuffer>> source = new SubmissionPublisher<>(executor, 4)) {
            BodyRelay relay = new BodyRelay(thrown -> {});
            source.subscribe(relay);
            Receiver receiver = new Receiver(new Random(seed), executor);
            List<Byte> sent = new ArrayList<>();
            int items = random.nextInt(60);
            int late = random.nextInt(60);
            executor.execute(() -> {
                if (late % 2 == 0) {
                    relay.passTo(receiver);
                } else {
                    relay.held().thenRun(() -> relay.passTo(receiver));
                }
            });
            for (int i = 0; i < items; i++) {
                byte[] bytes = new byte[random.nextInt(6_000)];
                random.nextBytes(bytes);
                for (byte b : bytes) {
                    sent.add(b);
                }
                source.submit(item(bytes));
            }
            source.close();
            receiver.end.await();
            assertThat(receiver.wrong).as("one at a time, and as asked for").isFalse();
            assertThat(receiver.fault).isNull();
            assertThat(receiver.got).isEqualTo(sent);
        } finally {
            executor.shutdownNow();
        }
    }

    private static final class Source implements Flow.Subscription {
        long asked;
        boolean cancelled;

        @Override
        public void request(long n) {
            asked += n;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    @Test
    void noMoreIsHeldThanIsLookedAt() {
        BodyRelay relay = new BodyRelay(thrown -> {});
        Source source = new Source();
        relay.onSubscribe(source);
        int items = 0;
        while (!relay.held().isDone()) {
            assertThat(source.asked).isEqualTo(items + 1);
            relay.onNext(item(new byte[1_000]));
            items++;
        }
        assertThat(items).isEqualTo(ResponseView.BODY_LIMIT / 1_000 + 1);
        assertThat(source.asked).as("nothing more before somebody wants it").isEqualTo(items);
        assertThat(relay.beginning()).hasSize(ResponseView.BODY_LIMIT + 1);
        assertThat(relay.isWhole()).isFalse();
    }

    @Test
    void whatCameBeforeABreakIsPassedOnFirst() {
        BodyRelay relay = new BodyRelay(thrown -> {});
        Source source = new Source();
        relay.onSubscribe(source);
        relay.onNext(item(new byte[] {1, 2}));
        relay.breakOff(new IllegalStateException("broken"));
        assertThat(source.cancelled).isTrue();
        assertThat(relay.held()).isDone();
        Receiver receiver = new Receiver(new Random(1), Runnable::run);
        relay.passTo(receiver);
        assertThat(receiver.got).containsExactly((byte) 1, (byte) 2);
        assertThat(receiver.fault).hasMessage("broken");
    }

    @Test
    void aReceiverThatThrowsEndsTheBody() {
        List<Throwable> heard = new ArrayList<>();
        BodyRelay relay = new BodyRelay(heard::add);
        relay.onSubscribe(new Source());
        relay.passTo(new Receiver(new Random(1), Runnable::run) {
            @Override
            public void onNext(List<ByteBuffer> item) {
                throw new IllegalStateException("mine");
            }
        });
        relay.onNext(item(new byte[1]));
        assertThat(heard).hasSize(1);
    }

    @Test
    void askingForNothingIsAnError() {
        BodyRelay relay = new BodyRelay(thrown -> {});
        Source source = new Source();
        relay.onSubscribe(source);
        Receiver receiver = new Receiver(new Random(1), Runnable::run);
        relay.passTo(receiver);
        relay.request(0);
        assertThat(receiver.fault).isInstanceOf(IllegalArgumentException.class);
        assertThat(source.cancelled).isTrue();
    }
}
