package dev.holdfast.core.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.holdfast.core.outcome.CredentialException;
import dev.holdfast.core.time.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The corners of the caching source that single-flight does not show: locks, refusals while the issuer fails, and a close during a fetch. */
class CachingCredentialSourceTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final RequestSigner SIGNER = RequestSigner.bearer();

    private final VirtualTime time = VirtualTime.manual();
    private final Tokens tokens = new Tokens(HOUR);
    private final CachingCredentialSource source =
            tokens.source(time).lockoutAfter(decision -> Duration.ofMinutes(5)).build();

    @AfterEach
    void close() {
        source.close();
        time.shutDown();
    }

    private void fails(CompletableFuture<Credential> future, String sentence) {
        assertThat(future)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(CredentialException.class)
                .withMessageContaining(sentence);
    }

    @Test
    void theVendorsLockOfAnotherCredentialDoesNotStopTheOneThatIsHeld() {
        Credential held = source.current().join();
        source.onRejected(Tokens.token(9, HOUR), Law05SingleFlightTest.REFUSED);
        assertThat(source.current()).isCompletedWithValue(held);
        // The lock was lifted and not only passed by.
        source.invalidate();
        assertThat(source.current().join()).isEqualTo(Tokens.token(2, HOUR));
    }

    @Test
    void theVendorsLockOfTheOneThatIsHeldStopsItEvenWhenItIsForgotten() {
        Credential held = source.current().join();
        source.onRejected(held, Law05SingleFlightTest.REFUSED);
        fails(source.current(), "locked by the vendor");
        source.invalidate();
        fails(source.current(), "locked by the vendor");
        assertThat(tokens.fetches()).isOne();
    }

    @Test
    void aDecisionThatLocksNothingIsNoLock() {
        CachingCredentialSource free = tokens.source(time).build();
        Credential held = free.current().join();
        free.onRejected(held, Law05SingleFlightTest.REFUSED);
        assertThat(free.current()).isCompletedWithValue(held);
    }

    private Credential refusedWhileTheIssuerFails(boolean accepted) throws InterruptedException {
        Credential held = source.current().join();
        if (accepted) {
            source.onAccepted(held);
        }
        time.advance(Duration.ofMinutes(58));
        tokens.failWith(new IllegalStateException("down"));
        assertThat(source.current()).isCompletedWithValue(held);
        fails(source.refresh(held, Law05SingleFlightTest.REFUSED), "could not be fetched a moment ago");
        assertThat(tokens.fetches()).isEqualTo(2);
        return held;
    }

    @Test
    void oneThatServesOthersStaysTheirsWhileItsIssuerFails() throws InterruptedException {
        Credential held = refusedWhileTheIssuerFails(true);
        assertThat(source.current()).isCompletedWithValue(held);
    }

    @Test
    void oneThatServedNobodyIsDroppedWhileItsIssuerFails() throws InterruptedException {
        refusedWhileTheIssuerFails(false);
        fails(source.current(), "could not be fetched a moment ago");
    }

    /** Keeps what follows on its completion, so that a failure of the source's own code is seen. */
    private static final class Watched extends CompletableFuture<Credential> {
        private CompletableFuture<Credential> followed;

        @Override
        public CompletableFuture<Credential> whenComplete(BiConsumer<? super Credential, ? super Throwable> action) {
            followed = super.whenComplete(action);
            return followed;
        }
    }

    @Test
    void whatLandsAfterTheCloseIsNotKept() {
        Watched fetching = new Watched();
        CachingCredentialSource closing = CachingCredentialSource.builder("test/token", SIGNER)
                .fetch(refused -> fetching)
                .timeSource(time)
                .build();
        CompletableFuture<Credential> waiting = closing.current();
        closing.close();
        fails(waiting, "test/token was closed");
        Credential late = Tokens.token(1, HOUR);
        fetching.complete(late);
        assertThat(fetching.followed).isCompletedWithValue(late);
        assertThat(closing).hasToString("CachingCredentialSource[test/token, empty]");
    }

    @Test
    void aFetchThatThrowsOrGivesNothingIsAFailureOfTheFetch() {
        CachingCredentialSource throwing = CachingCredentialSource.builder("test/token", SIGNER)
                .fetch(refused -> {
                    throw new IllegalStateException("no idea");
                })
                .timeSource(time)
                .build();
        assertThat(throwing.current())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(IllegalStateException.class)
                .withMessage("no idea");
        CachingCredentialSource silent = CachingCredentialSource.builder("test/token", SIGNER)
                .fetch(refused -> CompletableFuture.completedFuture(null))
                .timeSource(time)
                .build();
        fails(silent.current(), "test/token: the fetch gave no credential");
    }

    @Test
    void itsTextShowsNoSecret() {
        assertThat(source).hasToString("CachingCredentialSource[test/token, empty]");
        source.current().join();
        assertThat(source).hasToString("CachingCredentialSource[test/token, Credential[token, lifetime PT1H]]");
    }

    @Test
    void theBuilderRefusesWhatIsMissingByItsName() {
        CachingCredentialSource.Builder builder = CachingCredentialSource.builder("test/token", SIGNER);
        assertThatNullPointerException()
                .isThrownBy(() -> CachingCredentialSource.builder(null, SIGNER))
                .withMessage("name must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> CachingCredentialSource.builder("test/token", null))
                .withMessage("signer must not be null");
        assertThatNullPointerException().isThrownBy(builder::build).withMessage("fetch must be set");
        assertThatNullPointerException().isThrownBy(() -> builder.fetch(null)).withMessage("fetch must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.timeSource(null))
                .withMessage("timeSource must not be null");
        assertThatNullPointerException().isThrownBy(() -> builder.random(null)).withMessage("random must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.lockoutAfter(null))
                .withMessage("locks must not be null");
    }
}
