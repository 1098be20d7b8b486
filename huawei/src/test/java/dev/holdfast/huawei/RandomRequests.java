package dev.holdfast.huawei;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Requests that have everything that makes a signature go wrong: blanks, slashes, plus signs, umlauts, emoji, empty values. */
final class RandomRequests {
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

    private final long seed = Long.getLong("holdfast.seed", new SplittableRandom().nextLong());
    private final SplittableRandom random = new SplittableRandom(seed);

    RandomRequests(Class<?> test) {
        System.out.println(test.getSimpleName() + ": repeat with -Dholdfast.seed=" + seed);
    }

    long seed() {
        return seed;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    String text(int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    /** At least one character, none of them to be encoded. */
    String word() {
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }

    List<String> segments() {
        List<String> segments = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            segments.add(word() + text(4).replace("/", ""));
        }
        return segments;
    }

    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            parameters.put(word() + text(3), text(6));
        }
        return parameters;
    }

    /** As a client would send it, which is not always as it is signed: some leave alone what need not be encoded. */
    String sent(String text) {
        StringBuilder sent = new StringBuilder();
        boolean lazy = random.nextBoolean();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = Character.isLetterOrDigit(c) && c < 128 || "-._~".indexOf(c) >= 0;
            boolean left = lazy && "!$'()*,:@".indexOf(c) >= 0;
            sent.append(plain || left ? String.valueOf(c) : String.format(lazy ? "%%%02x" : "%%%02X", (int) c));
        }
        return sent.toString();
    }
}
