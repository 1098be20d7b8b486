package dev.holdfast.core.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each number in the tables of docs/credentials.md is what the code does. */
class LifetimesPageTest {
    private static final Pattern PART = Pattern.compile("([0-9.]+) ?(h|min|s)");

    /** Draws an end of each range: the least, or the greatest. */
    private record Drawing(boolean greatest) implements RandomGenerator {
        @Override
        public long nextLong() {
            return greatest ? -1 : 0;
        }

        @Override
        public long nextLong(long origin, long bound) {
            return greatest ? bound - 1 : origin;
        }
    }

    private static final RandomGenerator LEAST = new Drawing(false);

    private static final RandomGenerator MOST = new Drawing(true);

    private final VirtualTime time = VirtualTime.manual();

    @AfterEach
    void shutDown() {
        time.shutDown();
    }

    private static Path page() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("docs/credentials.md"))) {
            directory = directory.getParent();
        }
        return directory.resolve("docs/credentials.md");
    }

    private static List<String[]> table(String header) throws IOException {
        String page = Files.readString(page());
        return page.substring(page.indexOf(header))
                .lines()
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> line.substring(2, line.length() - 2).split(" \\| "))
                .toList();
    }

    private static Duration duration(String text) {
        Matcher part = PART.matcher(text);
        Duration sum = Duration.ZERO;
        while (part.find()) {
            long unit = part.group(2).equals("h") ? 3_600_000L : part.group(2).equals("min") ? 60_000L : 1_000L;
            sum = sum.plusMillis(Math.round(Double.parseDouble(part.group(1)) * unit));
        }
        return sum;
    }

    /** Reads "18–22.8 h", whose two ends have one unit. */
    private static Duration[] range(String text) {
        String[] ends = text.split("–");
        String unit = ends[1].substring(ends[1].indexOf(' '));
        return new Duration[] {duration(ends[0] + unit), duration(ends[1])};
    }

    private CachedCredential kept(Duration life, RandomGenerator random) {
        return CachedCredential.of(Credential.token(Secret.token("t"), life), time, random);
    }

    private static Duration rounded(Duration exact) {
        return Duration.ofMillis(Math.round(exact.toNanos() / 1e6));
    }

    @TestFactory
    Stream<DynamicTest> everyLifeIsRefreshedAndGivenOutAsItsRowSays() throws IOException {
        List<String[]> rows = table("| credential | what is read |");
        assertThat(rows).hasSizeGreaterThanOrEqualTo(10);
        return rows.stream()
                .map(row -> DynamicTest.dynamicTest(row[0], () -> {
                    Duration life = duration(row[2]);
                    Duration earliest = Objects.requireNonNull(kept(life, LEAST).refreshAfter());
                    Duration latest = Objects.requireNonNull(kept(life, MOST).refreshAfter());
                    assertThat(range(row[3])).containsExactly(rounded(earliest), rounded(latest));
                    assertThat(duration(row[4])).isEqualTo(kept(life, LEAST).expiredAfter());
                }));
    }

    @Test
    void whatIsNotReadableLivesAsItsRowSays() throws IOException {
        assertThat(table("| credential | what is read |"))
                .filteredOn(row -> row[0].equals("anything that is not readable"))
                .singleElement()
                .extracting(row -> duration(row[2]))
                .isEqualTo(CredentialDocument.CAUTIOUS);
    }

    @TestFactory
    Stream<DynamicTest> everyFailureInARowHoldsFetchesBackAsItsRowSays() throws IOException {
        List<String[]> rows = table("| fetches that failed in a row |");
        assertThat(rows).hasSizeGreaterThanOrEqualTo(7);
        return rows.stream()
                .map(row -> DynamicTest.dynamicTest(row[0], () -> {
                    Duration[] pause = range(row[1]);
                    assertThat(pause(Integer.parseInt(row[0]), LEAST, pause[0])).isTrue();
                    assertThat(pause(Integer.parseInt(row[0]), MOST, pause[1])).isTrue();
                }));
    }

    /** Returns whether the last of that many failures stands for as long as that, and not for a millisecond more. */
    private boolean pause(int failures, RandomGenerator random, Duration expected) throws InterruptedException {
        FetchBackoff backoff = new FetchBackoff(time, random);
        for (int i = 0; i < failures; i++) {
            backoff.add(new IllegalStateException("down"));
        }
        time.advance(expected.minus(Duration.ofMillis(1)));
        boolean stands = backoff.standing() != null;
        time.advance(Duration.ofMillis(1));
        return stands && backoff.standing() == null;
    }

    @Test
    void theDefaultsAreThoseOfThePolicy() throws IOException {
        List<String> page =
                table("| setting | default |").stream().map(Arrays::toString).toList();
        long earliest = Math.round(CachePolicy.EARLIEST_REFRESH * 100);
        long latest = Math.round(CachePolicy.LATEST_REFRESH * 100);
        assertThat(page)
                .anyMatch(row -> row.contains(earliest + "–" + latest + " % of the lifetime"))
                .anyMatch(row ->
                        row.contains(CachePolicy.EXPIRY_MARGIN.toSeconds() + " s before the end; of lifetimes under "
                                + CachePolicy.EXPIRY_MARGIN
                                        .multipliedBy(CachePolicy.EXPIRY_MARGIN_PART)
                                        .toSeconds() + " s a twentieth"))
                .anyMatch(row -> row.contains("no other for " + CachePolicy.FIRST_COOL_DOWN.toSeconds()
                        + " s, then 2, 4, … " + CachePolicy.LONGEST_COOL_DOWN.toSeconds() + " s"))
                .anyMatch(row ->
                        row.contains("refused for " + CachePolicy.LONGEST_DOUBT.toSeconds() + " s without a success"));
    }
}
