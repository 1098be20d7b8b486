package dev.holdfast.core.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.internal.time.Durations;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.time.Seed;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Seed SEED = Seed.of(RetryAfterTest.class);
    /** A Saturday. */
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"0, PT0S", "1, PT1S", "120, PT2M", "' 7\t', PT7S", "007, PT7S", "000, PT0S"})
    void seconds(String value, Duration retryAfter) {
        assertThat(read("Retry-After", value)).isEqualTo(retryAfter);
        assertThat(read("retry-AFTER", value)).isEqualTo(retryAfter);
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999", "999999999999", "9223372036854775808", "99999999999999999999999999999999"})
    void aNumberTooLargeIsAVeryLongHint(String value) {
        assertThat(read("Retry-After", value)).isEqualTo(Durations.FOREVER);
        assertThat(read("retry-after-ms", value + "000000")).isEqualTo(Durations.FOREVER);
    }

    @Test
    void aLongRunOfDigitsIsReadQuickly() {
        assertThat(read("Retry-After", "0".repeat(100_000) + "5")).hasSeconds(5);
        assertThat(read("Retry-After", "9".repeat(100_000))).isEqualTo(Durations.FOREVER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sat, 21 Nov 2026 12:00:30 GMT",
                "sat, 21 nov 2026 12:00:30 gmt",
                "  Sat, 21 Nov 2026 12:00:30 GMT ",
                "Saturday, 21-Nov-26 12:00:30 GMT",
                "saturday, 21-nov-26 12:00:30 gmt",
                "Sat Nov 21 12:00:30 2026"
            })
    void dates(String value) {
        assertThat(read("Retry-After", value)).hasSeconds(30);
    }

    @Test
    void aDayOfOneDigit() {
        Instant eve = Instant.parse("2026-11-30T23:59:00Z");
        for (String value : new String[] {
            "Tue, 01 Dec 2026 00:00:00 GMT", "Tue, 1 Dec 2026 00:00:00 GMT", "Tue Dec  1 00:00:00 2026"
        }) {
            assertThat(RetryAfter.headers(answer("Retry-After", value), eve))
                    .as(value)
                    .hasSeconds(60);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-1",
                "+1",
                "1.5",
                "1,5",
                "1e3",
                "0x10",
                "5s",
                "5 seconds",
                "3, 4",
                "soon",
                "null",
                "NaN",
                "Infinity",
                "\u0661\u0662",
                "\uff11",
                "Sat, 21 Nov 2026 11:59:59 GMT",
                "Fri, 21 Nov 2026 12:00:30 GMT",
                "Sat, 21 Nov 2026 12:00:30",
                "Sat, 21 Nov 2026 25:00:30 GMT",
                "Sat, 31 Nov 2026 12:00:30 GMT",
                "Sat, 21 Nov 2026 12:00:30 EST",
                "2026-11-21T12:00:30Z",
                "1795262430000000000000000000000000000 GMT"
            })
    void whateverElseIsNoHint(String value) {
        assertThat(read("Retry-After", value)).isNull();
    }

    @Test
    void aMissingHeaderIsNoHint() {
        assertThat(read("Server", "IMDS")).isNull();
    }

    @Test
    void aDateInAFarFutureIsCut() {
        assertThat(read("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT")).isEqualTo(Durations.FOREVER);
    }

    @ParameterizedTest
    @CsvSource({
        "'Sat, 21 Nov 2026 09:00:00 GMT', 'Sat, 21 Nov 2026 09:00:20 GMT', 20",
        "'Sat, 21 Nov 2026 18:00:00 GMT', 'Sat, 21 Nov 2026 18:00:20 GMT', 20",
        "'Sat Nov 21 18:00:00 2026', 'Saturday, 21-Nov-26 18:00:20 GMT', 20",
        "'Sat, 21 Nov 2026 12:00:20 GMT', 'Sat, 21 Nov 2026 12:00:20 GMT', 0",
        "'not a date', 'Sat, 21 Nov 2026 12:00:20 GMT', 20"
    })
    void aDateIsJudgedByTheAnswersOwn(String date, String retryAfter, long seconds) {
        assertThat(read("Date", date, "Retry-After", retryAfter)).hasSeconds(seconds);
    }

    @Test
    void aDateBeforeTheAnswersOwnIsNoHintEvenIfItIsInOurFuture() {
        assertThat(read("Date", "Sat, 21 Nov 2026 18:00:00 GMT", "Retry-After", "Sat, 21 Nov 2026 17:00:00 GMT"))
                .isNull();
    }

    @Test
    void secondsNeedNoDate() {
        assertThat(read("Date", "Thu, 01 Jan 1970 00:00:00 GMT", "Retry-After", "3"))
                .hasSeconds(3);
    }

    @Test
    void millisecondsComeFirstInTheirOrder() {
        assertThat(read("Retry-After", "9", "retry-after-ms", "20", "x-ms-retry-after-ms", "10"))
                .hasMillis(10);
        assertThat(read("Retry-After", "9", "retry-after-ms", "20")).hasMillis(20);
        assertThat(read("X-MS-Retry-After-MS", "1500")).hasMillis(1500);
        assertThat(read("retry-after-ms", "0", "Retry-After", "9")).hasMillis(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-10", "1.5", "", "soon", "Sat, 21 Nov 2026 12:00:30 GMT"})
    void badMillisecondsGiveWayToTheNext(String bad) {
        assertThat(read("x-ms-retry-after-ms", bad, "retry-after-ms", "20")).hasMillis(20);
        assertThat(read("x-ms-retry-after-ms", bad, "retry-after-ms", bad, "Retry-After", "9"))
                .hasSeconds(9);
    }

    @Test
    void aReaderOfOneHeader() {
        ResponseView answer = answer("X-Wait", "250", "Retry-After", "9");
        assertThat(RetryAfter.milliseconds(answer, "x-wait")).hasMillis(250);
        assertThat(RetryAfter.milliseconds(answer, "other")).isNull();
    }

    @Test
    void randomTextNeverThrowsAndIsNeverNegative() {
        RandomGenerator random = SEED.generator();
        String valid = "Saturday, 21-Nov-26 12:00:30 GMT0123456789-+.:\u0000\u00e9\u0661\ud83d";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder value = new StringBuilder();
            for (int n = random.nextInt(32); n >= 0; n--) {
                value.append(
                        random.nextInt(4) == 0
                                ? (char) random.nextInt(0x10000)
                                : valid.charAt(random.nextInt(valid.length())));
            }
            Duration retryAfter =
                    read("Retry-After", value.toString(), "Date", value.toString(), "retry-after-ms", value + "1");
            if (retryAfter != null) {
                assertThat(retryAfter).as("%s: \"%s\"", SEED, value).isBetween(Duration.ZERO, Durations.FOREVER);
            }
        }
    }

    private static Duration read(String... headers) {
        return RetryAfter.headers(answer(headers), NOW);
    }

    private static ResponseView answer(String... headers) {
        return ResponseView.of(503, HeaderFields.of(headers), "");
    }
}
