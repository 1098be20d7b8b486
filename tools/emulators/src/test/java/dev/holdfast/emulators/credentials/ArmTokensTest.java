package dev.holdfast.emulators.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.azure.ArmTokens;
import dev.holdfast.azure.AzureVmInspector;
import dev.holdfast.azure.ClaimsFetch;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.time.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which fetch is told which claims. */
class ArmTokensTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final VirtualTime time = VirtualTime.manual();
    private final Tokens issuer = new Tokens(HOUR);
    private final List<String> asked = new ArrayList<>();
    private final ArmTokens tokens = ArmTokens.of(
            (refused, claims) -> {
                asked.add((refused == null ? "" : refused.secret().value()) + " " + claims);
                return issuer.fetch(refused);
            },
            time);

    private static Decision demanding(String claims) {
        String encoded = Base64.getEncoder().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        HeaderFields headers =
                HeaderFields.of("WWW-Authenticate", "Bearer error=\"insufficient_claims\", claims=\"" + encoded + "\"");
        return AzureVmInspector.SERVICE.decide(
                ResponseView.of(401, headers, "{}".getBytes(StandardCharsets.UTF_8), true));
    }

    private static String value(CompletableFuture<Credential> future) {
        return future.join().secret().value();
    }

    @Test
    void aRefreshThatWasUnderWayIsFollowedByOneWithTheClaims() {
        Credential first = tokens.current().join();
        time.jumpWall(Duration.ofMinutes(58));
        issuer.hold();
        assertThat(value(tokens.current())).isEqualTo("token-1");
        CompletableFuture<Credential> one = tokens.refresh(first, demanding("{\"c\":1}"));
        CompletableFuture<Credential> other = tokens.refresh(first, demanding("{\"c\":1}"));
        assertThat(asked).containsExactly(" null", " null");
        issuer.answer(Tokens.token(2, HOUR));
        assertThat(asked).containsExactly(" null", " null", "token-2 {\"c\":1}");
        assertThat(one).isNotDone();
        issuer.answer(Tokens.token(3, HOUR));
        assertThat(List.of(value(one), value(other), value(tokens.current()))).containsOnly("token-3");
        assertThat(issuer.fetches()).isEqualTo(3);
    }

    /** Whoever waited and hears first asks once more and is answered before the other has heard. */
    @Test
    void whoHearsLateGetsTheSecondOneToo() {
        Credential first = tokens.current().join();
        time.jumpWall(Duration.ofMinutes(58));
        issuer.hold();
        assertThat(value(tokens.current())).isEqualTo("token-1");
        CompletableFuture<Credential> one = tokens.refresh(first, demanding("{\"c\":1}"));
        CompletableFuture<Credential> other = tokens.refresh(first, demanding("{\"c\":1}"));
        issuer.release();
        issuer.answer(Tokens.token(2, HOUR));
        assertThat(List.of(value(one), value(other))).containsOnly("token-3");
        assertThat(issuer.fetches()).isEqualTo(3);
    }

    @Test
    void aFlightWithTheClaimsIsEnoughForAll() {
        Credential first = tokens.current().join();
        issuer.hold();
        CompletableFuture<Credential> one = tokens.refresh(first, demanding("{\"c\":1}"));
        CompletableFuture<Credential> other = tokens.refresh(first, demanding("{\"c\":2}"));
        issuer.answer(Tokens.token(2, HOUR));
        assertThat(List.of(value(one), value(other))).containsOnly("token-2");
        assertThat(asked).containsExactly(" null", "token-1 {\"c\":1}");
    }

    @Test
    void aLateRefusalOfAnOlderOneDoesNotTakeTheDemandAway() {
        Credential first = tokens.current().join();
        Credential second = tokens.refresh(first, demanding("{\"c\":1}")).join();
        // Too soon after the last replacement, so that the demand stands until somebody may ask.
        assertThat(tokens.refresh(second, demanding("{\"c\":2}"))).isCompletedExceptionally();
        assertThat(tokens.refresh(first, demanding("{\"c\":3}"))).isCompletedExceptionally();
        time.jumpWall(Duration.ofSeconds(5));
        assertThat(value(tokens.current())).isEqualTo("token-3");
        assertThat(asked).containsExactly(" null", "token-1 {\"c\":1}", "token-2 {\"c\":2}");
    }

    private static final class Library implements ClaimsFetch {
        private final List<String> asked = new ArrayList<>();

        @Override
        public CompletableFuture<Credential> fetch(@Nullable Credential refused, @Nullable String claims) {
            asked.add(refused == null ? "ordinary" : "refused " + claims);
            return CompletableFuture.completedFuture(Tokens.token(asked.size(), HOUR));
        }

        @Override
        public CompletableFuture<Credential> fetchPastCaches() {
            asked.add("past caches");
            return CompletableFuture.completedFuture(Tokens.token(asked.size(), HOUR));
        }
    }

    @Test
    void whatIsToBeForgottenIsFetchedPastTheCachesOnceAndARefusalSaysItself() {
        Library library = new Library();
        ArmTokens source = ArmTokens.of(library, time);
        source.current().join();
        source.invalidate();
        Credential second = source.current().join();
        assertThat(library.asked).containsExactly("ordinary", "past caches");
        // What was fetched so can be refused with claims, and no later fetch is told of the caches again.
        source.refresh(second, demanding("{\"c\":1}")).join();
        time.jumpWall(Duration.ofMinutes(61));
        source.current().join();
        assertThat(library.asked).containsExactly("ordinary", "past caches", "refused {\"c\":1}", "ordinary");
    }

    @Test
    void aFetchThatKnowsNoCachesIsMadeAgain() {
        assertThat(value(tokens.current())).isEqualTo("token-1");
        tokens.invalidate();
        assertThat(value(tokens.current())).isEqualTo("token-2");
        assertThat(asked).containsExactly(" null", " null");
    }
}
