package dev.holdfast.core.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.time.VirtualTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ages at which a credential is refreshed and given out no more. */
class CachedCredentialTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration TICK = Duration.ofNanos(1);

    private final VirtualTime time = VirtualTime.manual();

    @AfterEach
    void shutDown() {
        time.shutDown();
    }

    /** Always draws the same number. */
    private record Drawn(double number) implements RandomGenerator {
        @Override
        public long nextLong() {
            throw new UnsupportedOperationException("the refresh age is drawn by nextDouble");
        }

        @Override
        public double nextDouble() {
            return number;
        }
    }

    private CachedCredential held(Duration lifetime, RandomGenerator random) {
        return CachedCredential.of(Tokens.token(1, lifetime), time, random);
    }

    /** Machines that were started together must not refresh together. */
    @Test
    void eachSeedDrawsItsOwnRefreshAgeBetween75And95PercentOfTheLife() {
        Set<Duration> ages = new HashSet<>();
        for (long seed = 1; seed <= 20; seed++) {
            Duration age = held(HOUR, Randomness.seeded(seed)).refreshAfter();
            assertThat(age).as("seed %s", seed).isBetween(Duration.ofMinutes(45), Duration.ofMinutes(57));
            ages.add(age);
        }
        assertThat(ages).hasSize(20);
    }

    @ParameterizedTest
    @CsvSource({"0, PT45M", "0.5, PT51M"})
    void theDrawRunsFromTheEarliestAgeToTheLatest(double drawn, Duration age) {
        assertThat(held(HOUR, new Drawn(drawn)).refreshAfter()).isBetween(age.minusMillis(1), age.plusMillis(1));
    }

    @ParameterizedTest
    @CsvSource({"PT1H, PT59M50S", "PT200S, PT190S", "PT100S, PT95S", "PT1S, PT0.95S", "PT0S, PT0.95S", "PT-5S, PT0.95S"
    })
    void itIsGivenOutUntilTenSecondsOrATwentiethBeforeItsEnd(Duration lifetime, Duration age) {
        assertThat(held(lifetime, new Drawn(0)).expiredAfter()).isEqualTo(age);
    }

    @Test
    void itsAgesAreTheFirstInstantsOfTheirStates() throws InterruptedException {
        CachedCredential held = held(HOUR, new Drawn(0));
        time.advance(held.refreshAfter().minus(TICK));
        assertThat(held.isFresh(time)).isTrue();
        time.advance(TICK);
        assertThat(held.isFresh(time)).isFalse();
        assertThat(held.isExpired(time)).isFalse();
        time.advance(held.expiredAfter().minus(held.refreshAfter()).minus(TICK));
        assertThat(held.isExpired(time)).isFalse();
        time.advance(TICK);
        assertThat(held.isExpired(time)).isTrue();
    }

    @Test
    void withoutALifetimeItIsFreshForEver() throws InterruptedException {
        CachedCredential held = held(null, new Drawn(0));
        time.advance(Duration.ofDays(30_000));
        assertThat(held.isFresh(time)).isTrue();
        assertThat(held.isExpired(time)).isFalse();
        assertThat(held.ready().join()).isEqualTo(held.credential());
        assertThat(held.accepted()).isFalse();
    }
}
