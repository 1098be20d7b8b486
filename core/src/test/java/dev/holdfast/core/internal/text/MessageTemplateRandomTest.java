package dev.holdfast.core.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.time.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTemplateRandomTest {
    private static final Seed SEED = Seed.of(MessageTemplateRandomTest.class);
    private static final String[] WORDS = {"disk", "The", "is", "not", "Found", "request", "please", "retry", "later,"};
    private static final String[] PLACES = {"{%d}", "{name %d}"};

    /** Values have no letters, so that no value holds the word that follows it; their edges are no blanks and quotes. */
    private static final String EDGE = "0123456789-/()[]{}<>:;=+,\u4e2d\u00df";

    private static final String INSIDE = EDGE + "_* \t\"'`.\\&";

    private final RandomGenerator random = SEED.generator();

    /** Render, match, capture. */
    @Test
    void whatIsFilledInIsCaptured() {
        for (int round = 0; round < 3_000; round++) {
            StringBuilder template = new StringBuilder();
            StringBuilder message = new StringBuilder();
            List<String> values = new ArrayList<>();
            boolean place = random.nextBoolean();
            for (int part = 0, parts = 2 + random.nextInt(6); part < parts; part++) {
                if (place) {
                    String value = value();
                    values.add(value);
                    template.append(PLACES[random.nextInt(PLACES.length)].formatted(part));
                    message.append(value);
                } else {
                    String word = WORDS[random.nextInt(WORDS.length)];
                    template.append(word);
                    message.append(word);
                }
                template.append(' ');
                message.append(' ');
                place = !place && random.nextInt(3) > 0;
            }
            MessageTemplate compiled = MessageTemplate.compile(template.toString());
            String what = SEED + ": \"" + template + "\" with " + values;
            assertThat(compiled.capture(message.toString())).as(what).isNotNull();
            assertThat(compiled.capture(message.toString()).values()).as(what).containsExactlyElementsOf(values);
            assertThat(compiled.matches(compiled.render(value()))).as(what).isTrue();
        }
    }

    private String value() {
        StringBuilder value = new StringBuilder(random.nextInt(4) == 0 ? "_" : "").append(pick(EDGE));
        for (int n = random.nextInt(12); n > 0; n--) {
            value.append(pick(INSIDE));
        }
        return value.append(pick(EDGE))
                .append(random.nextInt(4) == 0 ? "**" : "")
                .toString();
    }

    private char pick(String from) {
        return from.charAt(random.nextInt(from.length()));
    }

    @Test
    void decorationChangesNothing() {
        MessageTemplate template = MessageTemplate.compile("Disk {0} of machine \"{1}\" is not found. Retry later.");
        for (int round = 0; round < 2_000; round++) {
            StringBuilder message = new StringBuilder();
            for (char c : "Disk 12/7 of machine 4-9 is not found. Retry later".toCharArray()) {
                int what = random.nextInt(6);
                message.append(what == 0 ? Character.toUpperCase(c) : what == 1 ? Character.toLowerCase(c) : c);
                if (Character.isLetter(c) && what == 2) {
                    message.append(pick(" \t\n\r\"'`\u00a0\u201c\u2019\ufeff"));
                }
            }
            message.append(random.nextBoolean() ? "." : "");
            assertThat(template.capture(message.toString()))
                    .as("%s: %s", SEED, message)
                    .containsEntry("0", "12/7")
                    .containsEntry("1", "4-9");
        }
    }

    @Test
    void oneOtherWordMakesAnotherSentence() {
        MessageTemplate template = MessageTemplate.compile("Disk {0} of machine {1} is not found here");
        String message = "Disk 12 of machine 49 is not found here";
        for (int round = 0; round < 2_000; round++) {
            int at = random.nextInt(message.length());
            if (Character.isLetter(message.charAt(at))) {
                String other = message.substring(0, at) + "xyz".charAt(random.nextInt(3)) + message.substring(at + 1);
                assertThat(template.matches(other)).as("%s: %s", SEED, other).isFalse();
            }
        }
    }

    @Test
    void anyTextIsALegalMessage() {
        MessageTemplate template = MessageTemplate.compile("a{0}b. {1} \\u0063{2}");
        for (int round = 0; round < 5_000; round++) {
            StringBuilder message = new StringBuilder("a");
            for (int n = random.nextInt(30); n > 0; n--) {
                message.append(random.nextInt(3) == 0 ? (char) random.nextInt(0x10000) : pick("ab.c \\u006&quot;*_"));
            }
            String text = message.toString();
            assertThat(template.capture(text) != null).as("%s: %s", SEED, text).isEqualTo(template.matches(text));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "&", "\\", "\\u", "\"", ".", " ", "ab", "&quot", "aaaaaaab", "\ud83d", "a.", "*_"})
    void aMessageOf64KiBIsReadToItsEnd(String unit) {
        MessageTemplate template =
                MessageTemplate.compile("{x}aaaaaaaaaaaaaaaaaaaac{y}aaaaaaaaaaaaaaaaaaaad{z}. and {rest}");
        String message = unit.repeat(64 * 1024 / unit.length());
        assertThat(template.matches(message)).isFalse();
        assertThat(template.capture(
                        message + " " + "a".repeat(20) + "c " + message + " " + "a".repeat(20) + "d1. and 2"))
                .containsEntry("z", "1")
                .containsEntry("rest", "2");
    }
}
