package dev.holdfast.core.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LifetimesTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void theServersClockCountsBeforeThisMachines() {
        Instant wrong = NOON.plusSeconds(3_000);
        assertThat(Lifetimes.until(NOON.plusSeconds(600), NOON, wrong)).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void thisMachinesClockCountsWhereTheServersIsNotKnown() {
        assertThat(Lifetimes.until(NOON.plusSeconds(600), null, NOON)).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void whatHasExpiredHasALifetimeOfZeroOrLess() {
        assertThat(Lifetimes.until(NOON, NOON, NOON.plusSeconds(1))).isZero();
        assertThat(Lifetimes.until(NOON, NOON.plusSeconds(5), NOON)).isEqualTo(Duration.ofSeconds(-5));
    }

    @Test
    void theLesserLifetimeCounts() {
        Duration minute = Duration.ofMinutes(1);
        Duration hour = Duration.ofHours(1);
        assertThat(Lifetimes.least(minute, hour)).isEqualTo(minute);
        assertThat(Lifetimes.least(hour, minute)).isEqualTo(minute);
        assertThat(Lifetimes.least(null, hour)).isEqualTo(hour);
        assertThat(Lifetimes.least(minute, null)).isEqualTo(minute);
        assertThat(Lifetimes.least(null, null)).isNull();
    }

    @Test
    void secondsComeAsNumbersAndAsTexts() {
        assertThat(Lifetimes.seconds(" 3600\n")).isEqualTo(Duration.ofHours(1));
        assertThat(Lifetimes.seconds("-5")).isEqualTo(Duration.ofSeconds(-5));
        assertThat(Lifetimes.seconds("4294967295")).isEqualTo(Duration.ofSeconds(4_294_967_295L));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "soon",
                "1.",
                ".5",
                "1e3",
                "NaN",
                "0x10",
                "99999999999999999999",
                "10/18/2030",
                "2030-13-01T00:00:00Z",
                "4294967296",
                "-4294967296",
                "9223372036854775807",
                "-9223372036854775808"
            })
    void whatIsNoNumberOfSecondsIsNotRead(@Nullable String text) {
        assertThat(Lifetimes.seconds(text)).isNull();
        assertThat(Lifetimes.instant(text)).isNull();
    }

    @Test
    void pointsInTimeComeAsDatesAndAsSeconds() {
        assertThat(Lifetimes.instant("2026-01-01T12:00:00Z")).isEqualTo(NOON);
        assertThat(Lifetimes.instant(" 2026-01-01T13:00:00.000+01:00 ")).isEqualTo(NOON);
        assertThat(Lifetimes.instant(Long.toString(NOON.getEpochSecond()))).isEqualTo(NOON);
    }

    @Test
    void secondsMayHaveAFraction() {
        assertThat(Lifetimes.seconds("3600.5")).isEqualTo(Duration.ofMillis(3_600_500));
        assertThat(Lifetimes.seconds("-0.25")).isEqualTo(Duration.ofMillis(-250));
        assertThat(Lifetimes.seconds("1.0000000019999")).isEqualTo(Duration.ofSeconds(1, 1));
        assertThat(Lifetimes.instant(NOON.getEpochSecond() + ".0")).isEqualTo(NOON);
    }

    /** All are one point in time, as services and their relays have written it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2030-10-18T19:51:37Z",
                "2030-10-18T19:51:37.0000000+00:00",
                "2030-10-18t19:51:37.000z",
                "2030-10-18T21:51:37+0200",
                "2030-10-18T19:51:37",
                "2030-10-18 19:51:37",
                "2030-10-18 19:51:37+00:00",
                "2030-10-18 19:51:37 +00:00",
                "20301018T195137Z",
                "10/18/2030 19:51:37 +00:00",
                "10/18/2030 7:51:37 PM +00:00",
                "10/18/2030 07:51:37 pm",
                "Fri, 18 Oct 2030 19:51:37 GMT",
                "1918583497"
            })
    void datesAreReadInTheFormsOfTheField(String text) {
        assertThat(Lifetimes.instant(text)).isEqualTo(Instant.parse("2030-10-18T19:51:37Z"));
        assertThat(Lifetimes.instant(" " + text + "\n")).isEqualTo(Instant.parse("2030-10-18T19:51:37Z"));
    }

    @Test
    void aDateIsReadInEveryLocale() {
        Locale before = Locale.getDefault();
        try {
            for (String tag : List.of("ar-EG-u-nu-arab", "th-TH-u-ca-buddhist", "de-DE")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                assertThat(Lifetimes.instant("1/2/2031 3:04:05 AM +00:00"))
                        .as(tag)
                        .isEqualTo(Instant.parse("2031-01-02T03:04:05Z"));
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    private static String jwt(String claims) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".c2ln";
    }

    @Test
    void aJwtSaysItselfWhenItEnds() {
        assertThat(Lifetimes.endOfJwt(jwt("{\"exp\":" + NOON.getEpochSecond() + "}")))
                .isEqualTo(NOON);
        assertThat(Lifetimes.endOfJwt(jwt("{\"exp\":" + NOON.getEpochSecond() + ".5}")))
                .isEqualTo(NOON.plusMillis(500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "opaque", "a.b.c", "eyJ.%%%.c", "eyJ..", "eyJ.e30.c", "eyJ.e30.c.d", "eyJ.W10.c"})
    void whatIsNoJwtSaysNothing(String token) {
        assertThat(Lifetimes.endOfJwt(token)).isNull();
    }
}
