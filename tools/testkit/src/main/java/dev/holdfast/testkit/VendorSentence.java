package dev.holdfast.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sentence as a vendor's page writes it, for the message cell of a catalogue. Pages write places as <code>{name}</code>, {@code <Name>}, {@code %s} or
 * {@code …}, lists as <code>[{id}, ...]</code>, and decorate words with Markdown and entities. A catalogue has one form, which {@link #normal} writes.
 */
public final class VendorSentence {
    private static final Pattern PLACE = Pattern.compile("\\\\?<([A-Za-z][^<>]{0,60}?)\\\\?>"
            + "|\\\\([{<\\[%])"
            + "|\\[\\s*\\{([^{}]{1,60})\\}\\s*,\\s*(?:\\.\\.\\.|…)\\s*\\]"
            + "|\\{([^{}]{1,60})\\}"
            + "|%(?:\\d\\$)?([sd])"
            + "|(…)");
    private static final int ANGLE = 1;
    private static final int ESCAPED = 2;
    private static final int LIST = 3;
    private static final int BRACE = 4;
    private static final int ELLIPSIS = 6;

    private static final Pattern STRONG = Pattern.compile("\\*\\*(\\w[^*]*)\\*\\*");
    /** Angle brackets stay entities: as characters they would make a place of the word between them. */
    private static final List<Map.Entry<String, String>> CHARACTERS = List.of(
            Map.entry("`", "'"),
            Map.entry("\u2018", "'"),
            Map.entry("\u2019", "'"),
            Map.entry("\u201c", "\""),
            Map.entry("\u201d", "\""),
            Map.entry("\u00a0", " "),
            Map.entry("&nbsp;", " "),
            Map.entry("&quot;", "\""),
            Map.entry("&#39;", "'"));

    private VendorSentence() {}

    /**
     * Writes a sentence in the form of a catalogue: each place as <code>{name}</code>, a list as <code>{name...}</code>, no strong words, plain
     * quotes and blanks. {@code %s} becomes {@code arg1}, {@code arg2} and so on, an ellipsis {@code rest}.
     *
     * @param sentence the sentence of the vendor's page, or one in normal form, which stays as it is
     * @return the sentence for the message cell
     */
    public static String normal(String sentence) {
        int[] unnamed = {0};
        List<String> words = new ArrayList<>();
        List<String> places = new ArrayList<>();
        Matcher matcher = PLACE.matcher(Objects.requireNonNull(sentence, "sentence must not be null"));
        int done = 0;
        StringBuilder literal = new StringBuilder();
        while (matcher.find()) {
            literal.append(sentence, done, matcher.start());
            done = matcher.end();
            if (matcher.group(ESCAPED) != null) {
                literal.append(matcher.group());
                continue;
            }
            words.add(plain(literal.toString()));
            literal.setLength(0);
            places.add("{" + name(matcher.toMatchResult(), unnamed) + "}");
        }
        words.add(plain(literal.append(sentence, done, sentence.length()).toString()));
        StringBuilder normal = new StringBuilder(words.get(0));
        for (int i = 0; i < places.size(); i++) {
            normal.append(places.get(i)).append(words.get(i + 1));
        }
        return normal.toString();
    }

    private static String name(MatchResult place, int[] unnamed) {
        if (place.group(ANGLE) != null) {
            return place.group(ANGLE).strip();
        }
        if (place.group(LIST) != null) {
            return place.group(LIST).strip() + "...";
        }
        if (place.group(BRACE) != null) {
            return place.group(BRACE).strip();
        }
        return place.group(ELLIPSIS) != null ? "rest" : "arg" + ++unnamed[0];
    }

    private static String plain(String words) {
        String plain = STRONG.matcher(words).replaceAll("$1");
        for (Map.Entry<String, String> each : CHARACTERS) {
            plain = plain.replace(each.getKey(), each.getValue());
        }
        return plain;
    }

    /**
     * Fills every place of a sentence with one value and leaves the rest as it is written, Markdown and entities too.
     *
     * @param sentence the sentence of the vendor's page, or one in normal form
     * @param value what to put into every place
     * @return a message that a response may carry
     */
    public static String filled(String sentence, String value) {
        return PLACE.matcher(sentence)
                .replaceAll(
                        place -> Matcher.quoteReplacement(place.group(ESCAPED) != null ? place.group(ESCAPED) : value));
    }
}
