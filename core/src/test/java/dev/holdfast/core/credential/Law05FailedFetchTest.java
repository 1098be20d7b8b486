package dev.holdfast.core.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.outcome.CredentialException;
import dev.holdfast.core.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Law 5: a failed fetch costs at most its own back-off, and a credential that other calls use with success stays until its successor has landed. */
class Law05FailedFetchTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final IllegalStateException DOWN = new IllegalStateException("down");

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

    private static void failed(CompletableFuture<Credential> future, String sentence) {
        assertThat(future)
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(CredentialException.class)
                .withMessageContaining(sentence);
    }

    private void refused(Credential refused) {
        CompletableFuture<Credential> other = source.refresh(refused, Law05SingleFlightTest.REFUSED);
        assertThat(other).isCompletedExceptionally();
    }

    /** Single refusals that are replaced at once let the cool-down grow to 60 s; then one fetch fails, once. */
    @Test
    void oneFailedFetchAfterManyReplacementsTakesNothingFromTheOthers() throws InterruptedException {
        Credential held = now(source.current());
        for (int pause : new int[] {10, 10, 10, 15, 17}) {
            time.advance(Duration.ofSeconds(pause));
            source.onAccepted(held);
            held = now(source.refresh(held, Law05SingleFlightTest.REFUSED));
        }
        time.advance(Duration.ofSeconds(33));
        source.onAccepted(held);
        tokens.failWith(DOWN);
        int before = tokens.fetches();
        refused(held);
        tokens.failWith(null);
        assertThat(now(source.current())).isEqualTo(held);
        refused(held);
        assertThat(tokens.fetches()).isEqualTo(before + 1);
        time.advance(Duration.ofSeconds(1));
        Credential next = now(source.refresh(held, Law05SingleFlightTest.REFUSED));
        assertThat(next).isNotEqualTo(held);
        assertThat(tokens.fetches()).isEqualTo(before + 2);
    }

    @Test
    void whatOthersUseIsServedWhileItsReplacementIsFetched() {
        Credential first = now(source.current());
        source.onAccepted(first);
        tokens.hold();
        CompletableFuture<Credential> replacement = source.refresh(first, Law05SingleFlightTest.REFUSED);
        assertThat(now(source.current())).isEqualTo(first);
        assertThat(replacement).isNotDone();
        tokens.fail(DOWN);
        assertThat(replacement)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isSameAs(DOWN);
        assertThat(now(source.current())).isEqualTo(first);
    }

    @Test
    void whatNoCallUsedWithSuccessIsNotServedAfterItsRefusal() throws InterruptedException {
        Credential first = now(source.current());
        tokens.failWith(DOWN);
        refused(first);
        failed(source.current(), "could not be fetched a moment ago");
        tokens.failWith(null);
        time.advance(Duration.ofSeconds(1));
        assertThat(now(source.current())).isNotEqualTo(first);
    }

    /** The issuer is asked again after the fetch's back-off, though a replacement was asked for just before. */
    @Test
    void afterAFailedReplacementTheBackOffOfTheFetchHoldsAndNoCoolDown() throws InterruptedException {
        Credential held = now(source.current());
        for (int i = 1; i <= 4; i++) {
            held = now(source.refresh(held, Law05SingleFlightTest.REFUSED));
            time.advance(Duration.ofSeconds(1L << (i - 1)));
        }
        tokens.failWith(DOWN);
        refused(held);
        tokens.failWith(null);
        time.advance(Duration.ofSeconds(1));
        assertThat(source.current()).isCompleted();
    }

    @Test
    void oneRefusedForAMinuteWithoutASuccessIsServedNoMore() throws InterruptedException {
        Credential first = now(source.current());
        source.onAccepted(first);
        tokens.failWith(DOWN);
        refused(first);
        time.advance(Duration.ofSeconds(59));
        refused(first);
        assertThat(now(source.current())).isEqualTo(first);
        time.advance(Duration.ofSeconds(1));
        refused(first);
        assertThat(source.current()).isCompletedExceptionally();
    }

    @Test
    void aSuccessAmongRefusalsEndsTheDoubt() throws InterruptedException {
        Credential first = now(source.current());
        source.onAccepted(first);
        tokens.failWith(DOWN);
        for (int minute = 0; minute < 5; minute++) {
            refused(first);
            assertThat(now(source.current())).isEqualTo(first);
            source.onAccepted(first);
            time.advance(Duration.ofMinutes(1));
        }
    }

    /** The first use of a new one may meet the path that refuses everything. */
    @Test
    void aNewOneHasTheTrustOfItsPredecessor() {
        Credential first = now(source.current());
        source.onAccepted(first);
        Credential second = now(source.refresh(first, Law05SingleFlightTest.REFUSED));
        refused(second);
        assertThat(now(source.current())).isEqualTo(second);
    }

    @Test
    void aClosedSourceHoldsNoCredential() throws Exception {
        List<Credential> all = new ArrayList<>();
        all.add(now(source.current()));
        source.onAccepted(all.get(0));
        for (int i = 0; i < 3; i++) {
            all.add(now(source.refresh(all.get(i), Law05SingleFlightTest.REFUSED)));
            time.advance(Duration.ofSeconds(1L << i));
        }
        assertThat(reachable(source, Secret.class)).isNotEmpty();
        source.close();
        assertThat(reachable(source, Secret.class)).isEmpty();
    }

    /** Everything of one type that the fields of our own objects lead to, except through the test's issuer and clock. */
    private static List<Object> reachable(Object root, Class<?> wanted) throws IllegalAccessException {
        Map<Object, Boolean> seen = new IdentityHashMap<>();
        List<Object> found = new ArrayList<>();
        List<Object> next = new ArrayList<>(List.of(root));
        while (!next.isEmpty()) {
            Object one = next.remove(next.size() - 1);
            if (seen.put(one, true) != null || one instanceof Tokens || one instanceof VirtualTime) {
                continue;
            }
            if (wanted.isInstance(one)) {
                found.add(one);
            }
            if (one instanceof Iterable<?> many) {
                many.forEach(next::add);
            }
            for (Class<?> type = one.getClass();
                    type.getName().startsWith("dev.holdfast.");
                    type = type.getSuperclass()) {
                for (var field : type.getDeclaredFields()) {
                    if (!java.lang.reflect.Modifier.isStatic(field.getModifiers())
                            && !field.getType().isPrimitive()
                            && !one.getClass().isHidden()) {
                        field.setAccessible(true);
                        Object value = field.get(one);
                        if (value != null) {
                            next.add(value);
                        }
                    }
                }
            }
        }
        return found;
    }
}
