package dev.holdfast.core.response;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.time.Seed;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Parts of random secrets, encoded in the ways that SECURITY.md names, in texts of letters that no secret has. The reference is the plainest
 * one: encode each run of eight characters in each way, and look for it.
 */
class RandomRedactionTest {
    private static final String SECRETS = "ABCDEFGHabcdefgh01234567+/=-_.~%\\&;\"<";
    private static final String AROUND = "mnopqrstuvwxyz \n:,!?";

    private static final List<UnaryOperator<String>> WAYS = List.of(
            run -> run,
            run -> URLEncoder.encode(run, StandardCharsets.UTF_8),
            run -> lower(URLEncoder.encode(run, StandardCharsets.UTF_8)),
            run -> each(run, "&#%d;"),
            run -> each(run, "&#x%X;"),
            run -> each(run, "\\u%04x"),
            run -> run.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/"),
            run -> run.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;"));

    private static String lower(String encoded) {
        StringBuilder out = new StringBuilder(encoded);
        for (int i = 0; i < out.length(); i++) {
            if (out.charAt(i) == '%') {
                out.replace(i, i + 3, out.substring(i, i + 3).toLowerCase(Locale.ROOT));
            }
        }
        return out.toString();
    }

    private static String each(String run, String format) {
        StringBuilder out = new StringBuilder();
        run.chars().forEach(c -> out.append(String.format(Locale.ROOT, format, c)));
        return out.toString();
    }

    @Test
    void noRunOfEightIsLeftInAnyOfTheWaysAndNothingElseIsTaken() {
        long seed = Seed.of(RandomRedactionTest.class).value();
        Random random = new Random(seed);
        for (int round = 0; round < 3_000; round++) {
            String secret = text(random, SECRETS, 8 + random.nextInt(60));
            String before = text(random, AROUND, random.nextInt(20));
            String after = text(random, AROUND, random.nextInt(20));
            int from = random.nextInt(secret.length() - 7);
            String part = secret.substring(from, from + 8 + random.nextInt(secret.length() - from - 7));
            String echoed = WAYS.get(random.nextInt(WAYS.size())).apply(part);
            String broken = random.nextInt(3) == 0 ? breakAt(echoed, random) : echoed;
            String shown = new Redaction(secret).of(before + broken + after);
            assertThat(shown)
                    .as("seed %d, round %d: %s of %s", seed, round, broken, secret)
                    .isEqualTo(before + "***" + after);
        }
    }

    private static String breakAt(String echoed, Random random) {
        int at = 1 + random.nextInt(echoed.length() - 1);
        return echoed.substring(0, at) + (random.nextBoolean() ? "\n" : "\r\n") + echoed.substring(at);
    }

    private static String text(Random random, String letters, int length) {
        StringBuilder out = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            out.append(letters.charAt(random.nextInt(letters.length())));
        }
        return out.toString();
    }

    @Test
    void whatIsLeftOfBase64HasNoRunOfEight() {
        long seed = Seed.of(RandomRedactionTest.class).value();
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            String secret = text(random, SECRETS, 8 + random.nextInt(60));
            String prefix = text(random, AROUND, random.nextInt(7));
            Base64.Encoder encoder = random.nextBoolean() ? Base64.getEncoder() : Base64.getUrlEncoder();
            String encoded = encoder.encodeToString((prefix + secret).getBytes(StandardCharsets.UTF_8));
            String shown = new Redaction(secret).of("<<" + encoded + ">>");
            String left = shown.substring(2, shown.indexOf("***"));
            // Three bytes of each group may belong to both.
            assertThat(left.length() * 6 / 8)
                    .as("seed %d, round %d: %s", seed, round, shown)
                    .isLessThanOrEqualTo(prefix.length() + 2);
            assertThat(shown.substring(shown.indexOf("***"))).matches("\\*{3}[A-Za-z0-9+/_-]?={0,2}>>");
        }
    }
}
