package dev.holdfast.testkit.signing;

import dev.holdfast.core.internal.time.Randomness;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Draws the parts of requests that make a signature go wrong: blanks, slashes, plus signs, umlauts, emoji, empty values. A test prints
 * this object, whose text says how to repeat what was drawn. Not safe for several threads.
 */
public final class RandomRequests {
    private static final String[] PIECES = {
        "a",
        "B",
        "7",
        "instances",
        ".",
        "-",
        "_",
        "~",
        "*",
        "+",
        " ",
        "/",
        "%",
        "&",
        "=",
        "?",
        "#",
        ":",
        "@",
        "!",
        "$",
        "'",
        "(",
        ")",
        ",",
        ";",
        "[",
        "]",
        "ü",
        "漢",
        "😀",
        "%41",
        "\"",
        "<",
        "|",
        "\\",
        "^"
    };

    private final long seed =
            Long.getLong("holdfast.seed", Randomness.threadLocal().nextLong());
    private final RandomGenerator random = Randomness.seeded(seed);

    /** Draws a seed, unless the property {@code holdfast.seed} has one. */
    public RandomRequests() {}

    /**
     * Returns the seed.
     *
     * @return what {@code -Dholdfast.seed} repeats
     */
    public long seed() {
        return seed;
    }

    /**
     * Draws a number.
     *
     * @param bound above the highest number
     * @return 0 or more, below the bound
     */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /**
     * Draws a text of difficult pieces.
     *
     * @param most the most pieces
     * @return a text, which may be empty
     */
    public String text(int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    /**
     * Draws a word of letters, which no client encodes.
     *
     * @return 1 to 12 letters
     */
    public String word() {
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }

    /**
     * Draws the segments of a path, not encoded.
     *
     * @return up to 4 segments, none of them empty
     */
    public List<String> segments() {
        List<String> segments = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            segments.add(word() + text(4).replace("/", ""));
        }
        return segments;
    }

    /**
     * Draws the parameters of a query, not encoded.
     *
     * @return up to 5 parameters
     */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            parameters.put(word() + text(3), text(6));
        }
        return parameters;
    }

    /**
     * Encodes a text as a client would send it, which is not always as it is signed: some clients leave alone what need not be encoded.
     *
     * @param text any text
     * @return the text, percent-encoded
     */
    public String sent(String text) {
        StringBuilder sent = new StringBuilder();
        boolean lazy = random.nextBoolean();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = (Character.isLetterOrDigit(c) && c < 128) || "-._~".indexOf(c) >= 0;
            boolean left = lazy && "!$'()*,:@".indexOf(c) >= 0;
            sent.append(
                    plain || left
                            ? String.valueOf(c)
                            : String.format(Locale.ROOT, lazy ? "%%%02x" : "%%%02X", (int) c));
        }
        return sent.toString();
    }

    @Override
    public String toString() {
        return "repeat with -Dholdfast.seed=" + seed;
    }
}
