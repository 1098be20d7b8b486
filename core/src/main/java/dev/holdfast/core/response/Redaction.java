package dev.holdfast.core.response;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes one secret out of texts: every run of {@value #RUN} or more of its characters, plain or encoded, in either case of its letters.
 * Blanks, line ends and control characters are passed over on both sides, so that a secret that is broken by them is found too.
 *
 * <p>The common first part of a JWT is no secret: alone it is left, before the rest it goes with the rest.
 */
final class Redaction {
    private static final String MASK = "***";
    /** A shorter run says nothing, and may stand in any text. */
    private static final int RUN = 8;
    /** A proxy may encode what is encoded already. */
    private static final int DEEPEST = 2;

    private final byte[] head;
    private final byte[] plain;
    private final byte[][] base64 = new byte[3][];
    private final int window;

    Redaction(String secret) {
        int dot = endOfHead(secret);
        String hidden = secret.substring(dot + 1);
        head = EncodedText.of(secret.substring(0, dot + 1)).bytes();
        plain = EncodedText.of(hidden).bytes();
        window = window(hidden);
        byte[] bytes = hidden.getBytes(StandardCharsets.UTF_8);
        for (int offset = 0; offset < base64.length; offset++) {
            base64[offset] = base64(bytes, offset);
        }
    }

    /** Where the first of a JWT's three parts ends, or -1 for any other secret. */
    private static int endOfHead(String secret) {
        int dot = secret.startsWith("eyJ") ? secret.indexOf('.') : -1;
        return dot >= 0 && secret.indexOf('.', dot + 1) - dot > RUN ? dot : -1;
    }

    /** Returns how many characters that are not passed over stand in each run, at least. */
    private static int window(String secret) {
        int least = Math.min(RUN, EncodedText.of(secret).length());
        if (secret.chars().noneMatch(EncodedText::isPassedOver)) {
            return least;
        }
        for (int from = 0; from == 0 || from + RUN <= secret.length(); from++) {
            String run = secret.substring(from, Math.min(secret.length(), from + RUN));
            least = Math.min(least, EncodedText.of(run).length());
        }
        return least;
    }

    /** Encodes behind some other bytes, because they shift the groups; keeps the characters that the secret alone decides. */
    private static byte[] base64(byte[] secret, int offset) {
        byte[] shifted = new byte[offset + secret.length];
        System.arraycopy(secret, 0, shifted, offset, secret.length);
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int from = offset == 0 ? 0 : offset + 1;
        int to = shifted.length * 8 / 6;
        return EncodedText.of(encoded.substring(Math.min(from, to), to)).bytes();
    }

    /** Returns the text with {@code ***} in the place of what is secret; the same text where nothing is. */
    String of(String text) {
        boolean[] hidden = new boolean[text.length()];
        hide(EncodedText.of(text), DEEPEST, hidden);
        return masked(text, hidden);
    }

    /** Returns the error without the secret; the same error where it does not stand anywhere. */
    ServiceError of(ServiceError error) {
        ServiceError masked = new ServiceError(
                orNull(error.code()),
                orNull(error.message()),
                orNull(error.target()),
                values(error.requestIds()),
                error.further().stream()
                        .map(other -> new ServiceError.Further(
                                orNull(other.code()), orNull(other.message()), orNull(other.target())))
                        .toList(),
                values(error.captured()),
                error.parsed());
        return masked.equals(error) ? error : masked;
    }

    private Map<String, String> values(Map<String, String> values) {
        Map<String, String> masked = new LinkedHashMap<>(values);
        masked.replaceAll((name, value) -> of(value));
        return masked;
    }

    private @Nullable String orNull(@Nullable String text) {
        return text == null ? null : of(text);
    }

    /** One kind of escape at a time: what is an escape of one kind may be a part of the secret in another. */
    private void hide(EncodedText text, int depth, boolean[] hidden) {
        hide(text, plain, window, hidden);
        for (byte[] encoded : base64) {
            hide(text, encoded, RUN, hidden);
        }
        for (int i = 0; depth > 0 && i < EncodedText.ESCAPES.length(); i++) {
            EncodedText decoded = text.decoded(EncodedText.ESCAPES.charAt(i));
            if (decoded != null) {
                hide(decoded, depth - 1, hidden);
            }
        }
    }

    private void hide(EncodedText text, byte[] secret, int length, boolean[] hidden) {
        if (length == 0 || secret.length < length || text.length() < length) {
            return;
        }
        RunSet runs = new RunSet(text.bytes(), length);
        if (!runs.find(secret)) {
            return;
        }
        for (int at = 0; at + length <= text.length(); at++) {
            if (runs.isFound(at)) {
                int from = at - headBefore(text.bytes(), at);
                Arrays.fill(hidden, text.from(from), text.to(at + length - 1), true);
            }
        }
    }

    private int headBefore(byte[] text, int at) {
        int same = 0;
        while (same < head.length && same < at && head[head.length - 1 - same] == text[at - 1 - same]) {
            same++;
        }
        return same;
    }

    private static String masked(String text, boolean[] hidden) {
        StringBuilder out = null;
        for (int at = 0; at < hidden.length; at++) {
            if (hidden[at] && out == null) {
                out = new StringBuilder(text.length()).append(text, 0, at);
            }
            if (out != null && !hidden[at]) {
                out.append(text.charAt(at));
            } else if (out != null && (at == 0 || !hidden[at - 1])) {
                out.append(MASK);
            }
        }
        return out == null ? text : out.toString();
    }
}
