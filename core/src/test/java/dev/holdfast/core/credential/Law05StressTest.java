package dev.holdfast.core.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** 64 threads against random expiry, refusal and rotation. The seed is printed with each failure; what a thread does follows from it alone. */
class Law05StressTest {
    private static final int THREADS = 64;
    private static final int ROUNDS = 400;
    private static final long SEED = 20261121;

    private final VirtualTime time = VirtualTime.manual();
    private final AtomicInteger number = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
    private final Set<Integer> refusedForGood = ConcurrentHashMap.newKeySet();

    /** Gives ever newer tokens, some fail, each on a thread of its own. */
    private final class Issuer implements CredentialFetch {
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final SplittableRandom random = new SplittableRandom(SEED);

        @Override
        public CompletableFuture<Credential> fetch(@Nullable Credential refused) {
            if (underWay.incrementAndGet() > 1) {
                faults.add("two fetches at once");
            }
            boolean fails;
            Duration lifetime;
            synchronized (random) {
                fails = random.nextInt(10) == 0;
                lifetime = Duration.ofMillis(random.nextInt(200, 5_000));
            }
            return CompletableFuture.supplyAsync(
                    () -> {
                        int mine = number.incrementAndGet();
                        underWay.decrementAndGet();
                        if (fails) {
                            throw new IllegalStateException("issuer down");
                        }
                        return Credential.token(Secret.token(Integer.toString(mine)), lifetime);
                    },
                    threads);
        }
    }

    @Test
    void neverTwoRefreshesNeverAnOlderOneNeverARefusedOne() throws Exception {
        Issuer issuer = new Issuer();
        CachingCredentialSource source = CachingCredentialSource.builder("test/stress", RequestSigner.bearer())
                .fetch(issuer)
                .timeSource(time)
                .random(Randomness.seeded(SEED))
                .build();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> all = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            SplittableRandom random = new SplittableRandom(SEED + t);
            all.add(threads.submit(() -> {
                start.await();
                agent(source, random);
                return null;
            }));
        }
        start.countDown();
        for (Future<?> one : all) {
            one.get();
        }
        threads.shutdownNow();
        issuer.threads.shutdown();
        assertThat(faults).as("seed " + SEED).isEmpty();
        assertThat(number.get()).as("fetches, seed " + SEED).isBetween(10, THREADS * ROUNDS / 10);
    }

    private void agent(CachingCredentialSource source, SplittableRandom random) throws Exception {
        long newestSeen = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Set<Integer> knownBefore = Set.copyOf(refusedForGood);
            CompletableFuture<Credential> coming = source.current();
            Credential credential;
            try {
                credential = coming.get();
            } catch (ExecutionException none) {
                time.advance(Duration.ofMillis(random.nextInt(50)));
                continue;
            }
            int mine = Integer.parseInt(credential.secret().value());
            if (knownBefore.contains(mine)) {
                faults.add("given " + mine + ", which was known to be refused");
            }
            if (mine < newestSeen) {
                faults.add("given " + mine + " after " + newestSeen);
            }
            newestSeen = mine;
            if (random.nextInt(20) == 0) {
                CompletableFuture<Credential> other = source.refresh(credential, Law05SingleFlightTest.REFUSED);
                refusedForGood.add(mine);
                try {
                    int next = Integer.parseInt(other.get().secret().value());
                    if (next <= mine) {
                        faults.add("replaced " + mine + " by " + next);
                    }
                    newestSeen = Math.max(newestSeen, next);
                } catch (ExecutionException none) {
                    time.advance(Duration.ofMillis(random.nextInt(200)));
                }
            } else if (random.nextInt(50) == 0) {
                time.advance(Duration.ofMillis(random.nextInt(1_000)));
            }
        }
    }
}
