package dev.holdfast.core.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Law 5 against a simple reference: random refusals, rotation, failed and slow fetches, many callers. Each schedule follows from its seed, which a failure
 * names.
 */
class Law05ModelTest {
    private static final int SCHEDULES = 4_000;
    private static final int STEPS = 150;
    private static final int CALLERS = 8;
    private static final long SEED = 20270105;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DOUBT = Duration.ofSeconds(60);

    /** One schedule: the service, the issuer and what the callers may expect, by the rules of docs/credentials.md. */
    private static final class Schedule implements CredentialFetch {
        private final long seed;
        private final SplittableRandom random;
        private final VirtualTime time = VirtualTime.manual();
        private final CachingCredentialSource source;
        private final List<CompletableFuture<Credential>> waiting = new ArrayList<>();
        private final @Nullable Credential[] inHand = new Credential[CALLERS];
        private @Nullable CompletableFuture<Credential> underWay;
        private int given;
        private int newest;
        private int newestGivenOut;
        private @Nullable Instant landedAt;
        private int revokedUpTo;

        /** What a success of the newest one, or of one before it, still proves. */
        private boolean taken;

        private @Nullable Instant doubtedAt;
        private @Nullable Instant failedAt;
        private int failuresInRow;

        Schedule(long seed) {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            this.source = CachingCredentialSource.builder("test/model", RequestSigner.bearer())
                    .fetch(this)
                    .timeSource(time)
                    .random(Randomness.seeded(seed))
                    .build();
        }

        @Override
        public CompletableFuture<Credential> fetch(@Nullable Credential refused) {
            check(underWay == null, "two fetches at once");
            if (failedAt != null) {
                check(since(failedAt).compareTo(pause().dividedBy(2)) >= 0, "a fetch within the back-off");
            }
            CompletableFuture<Credential> fetch = new CompletableFuture<>();
            underWay = fetch;
            return fetch;
        }

        private void check(boolean holds, String what) {
            assertThat(holds).as("seed %s: %s", seed, what).isTrue();
        }

        private Duration since(Instant then) {
            return Duration.between(then, time.now());
        }

        /** The longest back-off after so many failures in a row. */
        private Duration pause() {
            return Duration.ofSeconds(Math.min(30, 1L << Math.min(failuresInRow - 1, 5)));
        }

        private static int number(Credential credential) {
            return Integer.parseInt(credential.secret().value().substring("token-".length()));
        }

        private boolean mustServe() {
            return landedAt != null
                    && since(landedAt).compareTo(HOUR.minusSeconds(10)) < 0
                    && (taken || (doubtedAt != null && since(doubtedAt).compareTo(DOUBT) < 0));
        }

        private void call(int caller) {
            boolean must = mustServe();
            boolean fetchMayBegin = failedAt != null && since(failedAt).compareTo(pause()) >= 0;
            CompletableFuture<Credential> current = source.current();
            check(
                    !must || current.isDone() && !current.isCompletedExceptionally(),
                    "no credential, though others use it");
            check(
                    !fetchMayBegin || !current.isCompletedExceptionally(),
                    "held back longer than the back-off of the fetch");
            if (!current.isDone()) {
                check(underWay != null, "a caller waits for nothing");
                waiting.add(current);
            } else if (!current.isCompletedExceptionally()) {
                Credential credential = current.join();
                check(number(credential) >= newestGivenOut, "an older one after a newer one");
                newestGivenOut = number(credential);
                inHand[caller] = credential;
            }
        }

        /** The service answers a call that was made with what the caller has in hand. */
        private void answer(int caller) {
            Credential used = inHand[caller];
            if (used == null) {
                return;
            }
            inHand[caller] = null;
            if (number(used) > revokedUpTo && random.nextInt(12) != 0) {
                source.onAccepted(used);
                // A late success says nothing of one that is forgotten.
                if (number(used) == newest && landedAt != null) {
                    taken = true;
                }
                return;
            }
            if (number(used) == newest) {
                if (taken) {
                    doubtedAt = time.now();
                }
                taken = false;
                if (!mustServe()) {
                    doubtedAt = null;
                    landedAt = null;
                }
            }
            CompletableFuture<Credential> other = source.refresh(used, Law05SingleFlightTest.REFUSED);
            if (other.isDone() && !other.isCompletedExceptionally()) {
                check(number(other.join()) > number(used), "a refused one in place of itself");
            } else if (!other.isDone()) {
                check(underWay != null, "a refused caller waits for nothing");
                waiting.add(other);
            }
        }

        private void land() {
            CompletableFuture<Credential> fetch = underWay;
            if (fetch == null) {
                return;
            }
            underWay = null;
            if (random.nextInt(4) == 0) {
                failuresInRow++;
                failedAt = time.now();
                fetch.completeExceptionally(new IllegalStateException("down"));
            } else {
                failuresInRow = 0;
                failedAt = null;
                landedAt = time.now();
                newest = ++given;
                fetch.complete(Tokens.token(newest, HOUR));
            }
            check(underWay == null, "a fetch after a fetch, though none was asked for");
            check(waiting.stream().allMatch(CompletableFuture::isDone), "a caller waits on after the fetch");
            waiting.clear();
        }

        void run() throws InterruptedException {
            for (int step = 0; step < STEPS; step++) {
                int what = random.nextInt(100);
                if (what < 40) {
                    call(random.nextInt(CALLERS));
                } else if (what < 70) {
                    answer(random.nextInt(CALLERS));
                } else if (what < 85) {
                    land();
                } else if (what < 98) {
                    time.advance(Duration.ofMillis(random.nextInt(1, 3_000)));
                } else if (what < 99) {
                    time.advance(Duration.ofMinutes(random.nextInt(1, 70)));
                } else {
                    revokedUpTo = given;
                }
            }
            recover();
            source.close();
            time.shutDown();
        }

        /** Whatever has happened, a healthy issuer is enough two minutes later. */
        private void recover() throws InterruptedException {
            while (underWay != null) {
                land();
            }
            revokedUpTo = 0;
            time.advance(Duration.ofMinutes(2));
            CompletableFuture<Credential> last = source.current();
            if (underWay != null) {
                newest = ++given;
                CompletableFuture<Credential> fetch = underWay;
                underWay = null;
                fetch.complete(Tokens.token(newest, HOUR));
            }
            check(last.isDone() && !last.isCompletedExceptionally(), "no credential from a healthy issuer");
        }
    }

    @Test
    void everyScheduleEndsAsTheReferenceSays() throws InterruptedException {
        for (long seed = SEED; seed < SEED + SCHEDULES; seed++) {
            new Schedule(seed).run();
        }
    }

    /** 64 threads, 1 call in 12 refused at random, 1 fetch in 5 failed: none is ever without the credential that the service takes. */
    @Test
    void noneOf64ThreadsIsLeftWithoutWhatTheServiceTakes() throws Exception {
        VirtualTime time = VirtualTime.manual();
        SplittableRandom fetches = new SplittableRandom(SEED);
        int[] given = {0};
        CachingCredentialSource source = CachingCredentialSource.builder("test/stress", RequestSigner.bearer())
                .timeSource(time)
                .random(Randomness.seeded(SEED))
                .fetch(refused -> {
                    synchronized (fetches) {
                        given[0]++;
                        return given[0] > 1 && fetches.nextInt(5) == 0
                                ? CompletableFuture.failedFuture(new IllegalStateException("down"))
                                : CompletableFuture.completedFuture(Tokens.token(given[0], HOUR));
                    }
                })
                .build();
        source.onAccepted(source.current().join());
        ExecutorService threads = Executors.newFixedThreadPool(64);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Integer>> all = new ArrayList<>();
        for (int t = 0; t < 64; t++) {
            SplittableRandom random = new SplittableRandom(SEED + t);
            all.add(threads.submit(() -> {
                start.await();
                int without = 0;
                for (int round = 0; round < 1_000; round++) {
                    CompletableFuture<Credential> current = source.current();
                    if (!current.isDone() || current.isCompletedExceptionally()) {
                        without++;
                    } else if (random.nextInt(12) == 0) {
                        var unused = source.refresh(current.join(), Law05SingleFlightTest.REFUSED);
                        // All threads together let about 40 s pass: many back-offs, and no doubt that ends.
                        time.advance(Duration.ofMillis(random.nextInt(15)));
                    } else {
                        source.onAccepted(current.join());
                    }
                }
                return without;
            }));
        }
        start.countDown();
        int without = 0;
        for (Future<Integer> one : all) {
            without += one.get();
        }
        threads.shutdown();
        time.shutDown();
        assertThat(without).as("calls without a credential, seed %s", SEED).isZero();
        assertThat(given[0]).as("fetches").isGreaterThan(5);
    }
}
