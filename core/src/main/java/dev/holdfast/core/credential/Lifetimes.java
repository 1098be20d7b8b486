package dev.holdfast.core.credential;

import dev.holdfast.core.internal.time.Durations;
import dev.holdfast.core.internal.time.HttpDate;
import dev.holdfast.core.response.Document;
import dev.holdfast.core.response.Members;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads how long a credential is good for. A point in time is judged by the vendor's own clock where the response tells it, because a machine's clock may be
 * wrong. Safe for several threads.
 */
public final class Lifetimes {
    /** The largest number of 32 bits without a sign: 136 years. */
    private static final long MOST_SECONDS = 0xFFFF_FFFFL;

    /** Ten digits hold every number that is allowed; what is below a nanosecond is left out. */
    private static final Pattern NUMBER = Pattern.compile("(-?)(\\d{1,10})(?:\\.(\\d{1,9})\\d{0,20})?");

    /** Dates as services and their relays write them. */
    private static final List<DateTimeFormatter> DATES = List.of(
            // ISO 8601, with a blank for the T or without a zone too.
            date("uuuu-MM-dd['T'][ ]HH:mm:ss", "[ ][XXX][XX]"),
            // Its short form, as Huawei's gateway writes it.
            date("uuuuMMdd'T'HHmmss", "[XX]"),
            // The App Service's two forms (azure-identity, MSIToken.java).
            date("M/d/uuuu h:mm:ss a", "[ ][XXX][XX]"),
            date("M/d/uuuu H:mm:ss", "[ ][XXX][XX]"));

    private static final int LONGEST_DATE = 64;
    private static final Members CLAIMS = Members.of("exp");

    private Lifetimes() {}

    private static DateTimeFormatter date(String pattern, String zone) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .optionalStart()
                .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
                .optionalEnd()
                .appendPattern(zone)
                .toFormatter(Locale.US);
    }

    /**
     * The time between what the server calls now and the expiry.
     *
     * @param expiresAt when it expires, by the server's clock
     * @param serverTime the answer's {@code Date}, or null where it has none
     * @param now this machine's time, which is believed only where the server's is not known
     * @return zero or less if it has expired
     */
    public static Duration until(Instant expiresAt, @Nullable Instant serverTime, Instant now) {
        return Duration.between(serverTime == null ? now : serverTime, expiresAt);
    }

    /**
     * The lesser of two lifetimes.
     *
     * @param one a lifetime, or null where it is not known
     * @param other another, or null where it is not known
     * @return the shorter, or the only one that is known, or null
     */
    public static @Nullable Duration least(@Nullable Duration one, @Nullable Duration other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Durations.min(one, other);
    }

    /**
     * Reads a number of seconds, which some vendors write as a number and some as a text, with a fraction or without.
     *
     * @param text the text, or null where there is none
     * @return the duration, zero or less for what is over; null if the text is missing, or no number between -4294967295 and 4294967295
     */
    public static @Nullable Duration seconds(@Nullable String text) {
        Matcher number = text == null ? null : NUMBER.matcher(text.strip());
        if (number == null || !number.matches() || Long.parseLong(number.group(2)) > MOST_SECONDS) {
            return null;
        }
        String fraction = number.group(3) == null ? "" : number.group(3);
        Duration value = Duration.ofSeconds(
                Long.parseLong(number.group(2)), Long.parseLong((fraction + "000000000").substring(0, 9)));
        return number.group(1).isEmpty() ? value : value.negated();
    }

    /**
     * Reads a point in time: seconds since 1970, or a date. Dates are read in the forms of ISO 8601, in those of HTTP, and in those of the United States that
     * some services of Azure write ({@code 10/18/2030 7:51:37 PM +00:00}). A date without a zone is in UTC.
     *
     * @param text the text, or null where there is none
     * @return the point in time; null if the text is missing or unreadable
     */
    public static @Nullable Instant instant(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Duration sinceEpoch = seconds(text);
        if (sinceEpoch != null) {
            return Instant.EPOCH.plus(sinceEpoch);
        }
        String date = text.strip();
        if (date.length() > LONGEST_DATE) {
            return null;
        }
        for (DateTimeFormatter form : DATES) {
            Instant read = parsed(form, date);
            if (read != null) {
                return read;
            }
        }
        return HttpDate.parse(date);
    }

    private static @Nullable Instant parsed(DateTimeFormatter form, String date) {
        try {
            TemporalAccessor read = form.parseBest(date, OffsetDateTime::from, LocalDateTime::from);
            return read instanceof OffsetDateTime zoned
                    ? zoned.toInstant()
                    : LocalDateTime.from(read).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException notThisForm) {
            return null;
        }
    }

    /** Returns when a token ends by its own word: its claim {@code exp} if it is a JWT, else null. It is read and not verified: it can shorten a lifetime only. */
    static @Nullable Instant endOfJwt(String token) {
        String[] parts = token.split("\\.", 4);
        if (parts.length != 3 || !token.startsWith("eyJ")) {
            return null;
        }
        try {
            String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
            return instant(Document.read(claims, CLAIMS).root().text("exp"));
        } catch (IllegalArgumentException notEncoded) {
            return null;
        }
    }
}
