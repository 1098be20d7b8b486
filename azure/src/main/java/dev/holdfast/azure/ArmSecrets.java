package dev.holdfast.azure;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes out of a message what it may echo: the signature of an upload SAS, or a bearer token. It happens in the parser, before anybody can log it. */
final class ArmSecrets {
    private static final Pattern SIGNATURE = Pattern.compile("(?i)(?<![a-z])sig(=|%3D|%253D)[^&\\s\"'<>]+");
    private static final Pattern TOKEN = Pattern.compile("\\beyJ[A-Za-z0-9_-]{8,}(\\.[A-Za-z0-9_-]*){1,2}");

    private ArmSecrets() {}

    static @Nullable String cut(@Nullable String message) {
        if (message == null) {
            return null;
        }
        String kept = SIGNATURE.matcher(message).replaceAll("sig$1***");
        return TOKEN.matcher(kept).replaceAll("***");
    }
}
