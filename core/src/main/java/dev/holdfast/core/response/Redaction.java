package dev.holdfast.core.response;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Takes a secret out of what a vendor says: as it is, as it stands in a URL, and the beginning of it where the text was cut in its middle. */
final class Redaction {
    private static final String MASK = "***";
    /** A shorter beginning says nothing, and may stand in any text. */
    private static final int SHORTEST = 8;

    private Redaction() {}

    static String of(String text, String secret) {
        String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        String masked = withoutOne(text, secret);
        return encoded.equals(secret) ? masked : withoutOne(masked, encoded);
    }

    private static String withoutOne(String text, String secret) {
        String masked = text.replace(secret, MASK);
        if (secret.length() < SHORTEST) {
            return masked;
        }
        String beginning = secret.substring(0, SHORTEST);
        for (int at = masked.indexOf(beginning); at >= 0; at = masked.indexOf(beginning, at + 1)) {
            if (secret.startsWith(masked.substring(at))) {
                return masked.substring(0, at) + MASK;
            }
        }
        return masked;
    }
}
