package dev.holdfast.core.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.outcome.CredentialException;
import dev.holdfast.core.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Law 5: one fetch at a time, published within the critical section, generation-checked. Fails without {@code fetch == null} in
 * CredentialCache.asked.
 */
class Law05SingleFlightTest {
    private static final Duration HOUR = Duration.ofHours(1);
    static final Decision REFUSED = Decision.of(
                    Verdict.reauthenticate(Verdict.Renewal.CREDENTIAL),
                    ErrorKind.EXPIRED,
                    "test/refused",
                    "Renew it.",
                    "test")
            .withProcessed(Processed.NO);

    private final VirtualTime time = VirtualTime.manual();
    private final Tokens tokens = new Tokens(HOUR);
    private final CachingCredentialSource source = tokens.source(time).build();

    @AfterEach
    void close() {
        source.close();
        time.shutDown();
    }

    private static Credential now(CompletableFuture<Credential> future) {
        assertThat(future).isCompleted();
        return future.join();
    }

    private static String value(CompletableFuture<Credential> future) {
        return now(future).secret().value();
    }

    private void failed(CompletableFuture<Credential> future, String sentence) {
        assertThat(future)
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(CredentialException.class)
                .withMessageContaining(sentence);
    }

    @Test
    void manyAskAndOneFetchAnswersAll() {
        tokens.hold();
        List<CompletableFuture<Credential>> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(source.current());
        }
        assertThat(tokens.fetches()).isOne();
        all.get(3).cancel(true);
        tokens.answer();
        for (int i = 0; i < 100; i++) {
            assertThat(i == 3 || value(all.get(i)).equals("token-1")).isTrue();
        }
    }

    @Test
    void aSlowFetchIsNotRepeated() throws InterruptedException {
        tokens.hold();
        CompletableFuture<Credential> first = source.current();
        time.advance(HOUR);
        CompletableFuture<Credential> second = source.current();
        assertThat(tokens.fetches()).isOne();
        tokens.answer();
        assertThat(value(first)).isEqualTo(value(second));
    }

    @Test
    void itIsRefreshedBehindWhoeverAsksBetween75And95PercentOfItsLife() throws InterruptedException {
        assertThat(value(source.current())).isEqualTo("token-1");
        tokens.hold();
        time.advance(Duration.ofMinutes(44).plusSeconds(59));
        assertThat(value(source.current())).isEqualTo("token-1");
        assertThat(tokens.fetches()).isOne();
        time.advance(Duration.ofMinutes(12).plusSeconds(2));
        assertThat(value(source.current())).isEqualTo("token-1");
        assertThat(value(source.current())).isEqualTo("token-1");
        assertThat(tokens.fetches()).isEqualTo(2);
        tokens.answer();
        assertThat(value(source.current())).isEqualTo("token-2");
    }

    @Test
    void theOldOneIsServedWhileARefreshFailsAndItIsValid() throws InterruptedException {
        value(source.current());
        time.advance(Duration.ofMinutes(58));
        tokens.failWith(new IllegalStateException("down"));
        assertThat(value(source.current())).isEqualTo("token-1");
        assertThat(value(source.current())).isEqualTo("token-1");
        assertThat(tokens.fetches()).isEqualTo(2);
        time.advance(Duration.ofMinutes(2));
        assertThat(source.current()).isCompletedExceptionally();
        failed(source.current(), "could not be fetched a moment ago");
        time.advance(Duration.ofSeconds(40));
        tokens.failWith(null);
        assertThat(value(source.current())).isEqualTo("token-4");
    }

    @Test
    void whoWaitsForARefreshThatFailsGetsTheOldOneToo() throws InterruptedException {
        value(source.current());
        time.advance(Duration.ofMinutes(58));
        tokens.failWith(new IllegalStateException("down"));
        assertThat(value(source.prefetch())).isEqualTo("token-1");
        assertThat(tokens.fetches()).isEqualTo(2);
    }

    @Test
    void aFailureIsSharedAndNotRepeatedAtOnce() throws InterruptedException {
        tokens.hold();
        CompletableFuture<Credential> one = source.current();
        CompletableFuture<Credential> other = source.current();
        IllegalStateException down = new IllegalStateException("down");
        tokens.fail(down);
        for (CompletableFuture<Credential> waiter : List.of(one, other)) {
            assertThat(waiter)
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .havingCause()
                    .isSameAs(down);
        }
        failed(source.current(), "could not be fetched a moment ago");
        time.advance(Duration.ofMillis(499));
        failed(source.current(), "could not be fetched a moment ago");
        assertThat(tokens.fetches()).isOne();
        time.advance(Duration.ofMillis(501));
        CompletableFuture<Credential> later = source.current();
        assertThat(tokens.fetches()).isEqualTo(2);
        tokens.answer();
        assertThat(value(later)).isEqualTo("token-2");
    }

    @Test
    void aLateRefusalDoesNotDiscardANewerOne() throws InterruptedException {
        Credential first = now(source.current());
        assertThat(value(source.refresh(first, REFUSED))).isEqualTo("token-2");
        time.advance(Duration.ofSeconds(5));
        assertThat(value(source.refresh(first, REFUSED))).isEqualTo("token-2");
        assertThat(value(source.current())).isEqualTo("token-2");
        assertThat(tokens.fetches()).isEqualTo(2);
    }

    @Test
    void manyRefusalsOfOneAreOneFetch() {
        Credential first = now(source.current());
        tokens.hold();
        List<CompletableFuture<Credential>> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            all.add(source.refresh(first, REFUSED));
            all.add(source.current());
        }
        assertThat(tokens.fetches()).isEqualTo(2);
        assertThat(tokens.lastRefused()).isEqualTo(first);
        tokens.answer();
        assertThat(all).allSatisfy(one -> assertThat(value(one)).isEqualTo("token-2"));
    }

    @Test
    void theRefusedOneIsNotTakenBackFromTheIssuer() {
        Credential first = now(source.current());
        tokens.hold();
        CompletableFuture<Credential> replacement = source.refresh(first, REFUSED);
        tokens.answer(Tokens.token(1, HOUR));
        failed(replacement, "gave again what the service had refused");
        failed(source.current(), "could not be fetched a moment ago");
    }

    @Test
    void aRefreshBegunBeforeTheRefusalIsRepeatedOnceIfItBringsTheSame() throws InterruptedException {
        Credential first = now(source.current());
        time.advance(Duration.ofMinutes(58));
        tokens.hold();
        assertThat(now(source.current())).isEqualTo(first);
        CompletableFuture<Credential> replacement = source.refresh(first, REFUSED);
        assertThat(tokens.fetches()).isEqualTo(2);
        tokens.answer(Tokens.token(1, HOUR));
        assertThat(tokens.fetches()).isEqualTo(3);
        assertThat(tokens.lastRefused()).isEqualTo(first);
        tokens.answer();
        assertThat(value(replacement)).isEqualTo("token-3");
    }

    @Test
    void freshOnesThatAreRefusedTooAreNotReplacedWithoutEnd() throws InterruptedException {
        Credential used = now(source.current());
        int refusals = 0;
        for (int second = 0; second < 60; second++) {
            CompletableFuture<Credential> next = source.refresh(used, REFUSED);
            if (!next.isCompletedExceptionally()) {
                used = now(next);
                refusals++;
            }
            time.advance(Duration.ofSeconds(1));
        }
        assertThat(refusals).isBetween(4, 7);
        assertThat(tokens.fetches()).isEqualTo(refusals + 1);
    }

    @Test
    void aLockedOneStopsUntilTheLockIsOver() throws InterruptedException {
        CachingCredentialSource locking = tokens.source(time)
                .lockoutAfter(decision -> decision.rule().equals("test/refused") ? Duration.ofSeconds(300) : null)
                .build();
        Credential used = now(locking.current());
        locking.onRejected(used, REFUSED);
        failed(locking.current(), "locked by the vendor");
        time.advance(Duration.ofSeconds(299));
        failed(locking.current(), "locked by the vendor");
        time.advance(Duration.ofSeconds(1));
        assertThat(now(locking.current())).isEqualTo(used);
    }

    @Test
    void withStaticStabilityAnExpiredOneIsServedWhileNoOtherIsToBeHad() throws InterruptedException {
        CachingCredentialSource stable =
                tokens.source(time).serveExpiredWhileUnavailable().build();
        now(stable.current());
        time.advance(HOUR.multipliedBy(3));
        tokens.failWith(new IllegalStateException("down"));
        assertThat(value(stable.current())).isEqualTo("token-1");
        assertThat(value(stable.current())).isEqualTo("token-1");
        assertThat(tokens.fetches()).isEqualTo(2);
        time.advance(Duration.ofSeconds(2));
        tokens.failWith(null);
        assertThat(value(stable.current())).isEqualTo("token-1");
        assertThat(value(stable.current())).isEqualTo("token-3");
    }

    @Test
    void servingAnExpiredOneDelaysNoCallerWhileAFetchHangs() throws InterruptedException {
        CachingCredentialSource stable =
                tokens.source(time).serveExpiredWhileUnavailable().build();
        now(stable.current());
        time.advance(HOUR.multipliedBy(3));
        tokens.hold();
        for (int i = 0; i < 10; i++) {
            assertThat(value(stable.current())).isEqualTo("token-1");
        }
        CompletableFuture<Credential> awaited = stable.prefetch();
        assertThat(awaited).isNotDone();
        assertThat(tokens.fetches()).isEqualTo(2);
        tokens.answer();
        assertThat(value(awaited)).isEqualTo("token-2");
        assertThat(value(stable.current())).isEqualTo("token-2");
    }

    @Test
    void prefetchWaitsForARefreshAndInvalidateForgets() throws InterruptedException {
        assertThat(value(source.prefetch())).isEqualTo("token-1");
        assertThat(value(source.prefetch())).isEqualTo("token-1");
        time.advance(Duration.ofMinutes(58));
        assertThat(value(source.prefetch())).isEqualTo("token-2");
        source.invalidate();
        assertThat(value(source.current())).isEqualTo("token-3");
    }

    @Test
    void theFetchAfterAnInvalidatePassesCachesUntilOneHasLanded() throws InterruptedException {
        List<String> asked = new ArrayList<>();
        CachingCredentialSource told = CachingCredentialSource.builder("test/told", RequestSigner.bearer())
                .timeSource(time)
                .fetch(new CredentialFetch() {
                    @Override
                    public CompletableFuture<Credential> fetch(@Nullable Credential refused) {
                        asked.add(refused == null ? "ordinary" : "refused");
                        return tokens.fetch(refused);
                    }

                    @Override
                    public CompletableFuture<Credential> fetchPastCaches() {
                        asked.add("past caches");
                        return tokens.fetch(null);
                    }
                })
                .build();
        now(told.current());
        told.invalidate();
        tokens.failWith(new IllegalStateException("down"));
        assertThat(told.current()).isCompletedExceptionally();
        tokens.failWith(null);
        time.advance(Duration.ofSeconds(1));
        Credential third = now(told.current());
        time.advance(Duration.ofMinutes(58));
        now(told.prefetch());
        time.advance(Duration.ofMinutes(2));
        Credential fourth = now(told.current());
        now(told.refresh(fourth, REFUSED));
        assertThat(third).isNotEqualTo(fourth);
        assertThat(asked).containsExactly("ordinary", "past caches", "past caches", "ordinary", "refused");
    }

    @Test
    void anInvalidateDuringAFetchMakesItAgainPastCaches() {
        List<String> asked = new ArrayList<>();
        tokens.hold();
        CachingCredentialSource told = CachingCredentialSource.builder("test/told", RequestSigner.bearer())
                .timeSource(time)
                .fetch(new CredentialFetch() {
                    @Override
                    public CompletableFuture<Credential> fetch(@Nullable Credential refused) {
                        asked.add("ordinary");
                        return tokens.fetch(refused);
                    }

                    @Override
                    public CompletableFuture<Credential> fetchPastCaches() {
                        asked.add("past caches");
                        return tokens.fetch(null);
                    }
                })
                .build();
        CompletableFuture<Credential> waiting = told.current();
        told.invalidate();
        tokens.answer();
        assertThat(waiting).isNotDone();
        tokens.answer();
        assertThat(value(waiting)).isEqualTo("token-2");
        assertThat(asked).containsExactly("ordinary", "past caches");
    }

    @Test
    void aClosedSourceFetchesNoMore() {
        tokens.hold();
        CompletableFuture<Credential> waiting = source.current();
        source.close();
        failed(waiting, "was closed");
        tokens.answer();
        failed(source.current(), "is closed");
        failed(source.refresh(Tokens.token(1, HOUR), REFUSED), "is closed");
        assertThat(tokens.fetches()).isOne();
    }

    @Test
    void whatIsHandedOutExpiredIsUsedAndAskedForAgainAfterASecond() throws InterruptedException {
        CachingCredentialSource broken =
                new Tokens(Duration.ofSeconds(-5)).source(time).build();
        assertThat(value(broken.current())).isEqualTo("token-1");
        assertThat(value(broken.current())).isEqualTo("token-1");
        time.advance(Duration.ofSeconds(1));
        assertThat(value(broken.current())).isEqualTo("token-2");
    }

    @Test
    void onePathThatRefusesEverybodyTakesNothingFromTheOthers() throws InterruptedException {
        Credential first = now(source.current());
        source.onAccepted(first);
        Credential second = now(source.refresh(first, REFUSED));
        source.onAccepted(second);
        for (int i = 0; i < 5; i++) {
            failed(source.refresh(second, REFUSED), "replaced a moment ago");
            assertThat(now(source.current())).isEqualTo(second);
        }
        assertThat(tokens.fetches()).isEqualTo(2);
        time.advance(Duration.ofSeconds(2));
        assertThat(value(source.refresh(second, REFUSED))).isEqualTo("token-3");
    }

    @Test
    void oneThatServedOthersAndIsGivenAgainServesThemOnUntilItIsRefusedForAMinute() throws InterruptedException {
        Credential first = now(source.current());
        source.onAccepted(first);
        tokens.hold();
        CompletableFuture<Credential> replacement = source.refresh(first, REFUSED);
        tokens.answer(Tokens.token(1, HOUR));
        failed(replacement, "gave again what the service had refused");
        assertThat(now(source.current())).isEqualTo(first);
        failed(source.refresh(first, REFUSED), "replaced a moment ago");
        assertThat(now(source.current())).isEqualTo(first);
        time.advance(Duration.ofSeconds(60));
        CompletableFuture<Credential> again = source.refresh(first, REFUSED);
        assertThat(source.current()).isNotDone();
        tokens.answer(Tokens.token(1, HOUR));
        failed(again, "gave again what the service had refused");
        failed(source.current(), "could not be fetched a moment ago");
    }

    @Test
    void whatWasAskedForBeforeAnInvalidateIsNotServedAfterIt() {
        tokens.hold();
        CompletableFuture<Credential> waiting = source.current();
        source.invalidate();
        tokens.answer(Tokens.token(1, HOUR));
        assertThat(waiting).isNotDone();
        tokens.answer();
        assertThat(value(waiting)).isEqualTo("token-2");
    }

    @Test
    void aClosedSourceDoesNotAskAgainForWhatIsRefused() throws InterruptedException {
        Credential first = now(source.current());
        time.advance(Duration.ofMinutes(58));
        tokens.hold();
        assertThat(now(source.current())).isEqualTo(first);
        CompletableFuture<Credential> replacement = source.refresh(first, REFUSED);
        source.close();
        tokens.answer(Tokens.token(1, HOUR));
        assertThat(tokens.fetches()).isEqualTo(2);
        failed(replacement, "was closed");
    }
}
