package dev.holdfast.alibaba;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a message what the gateway echoes of the request: the string to sign with the AccessKeyId and, of temporary credentials, the token
 * (NewFuture/DDNS#57, AlibabaCloudDocs/oss#35). It happens in the parser, so that no error, log or exception ever holds it.
 */
final class SignatureEcho {
    /** From here on, a message is an echo. */
    private static final Pattern ECHO = Pattern.compile("(?i)string ?to ?sign|canonical(?:ized)? ?request");

    private static final Pattern PARAMETER = Pattern.compile(
            "(?i)(?<![a-z])(AccessKeyId|AccessKeySecret|SecurityToken|Signature)(=|%3D|%253D)[^&%\\s\"',\\]]+");
    private static final Pattern KEY = Pattern.compile("(LTAI|STS\\.|TMP\\.)[A-Za-z0-9]{8,}");
    /** No word is that long: a token, or a signature in hexadecimal. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9+/=_-]{60,}");

    private SignatureEcho() {}

    static @Nullable String cut(@Nullable String message) {
        if (message == null) {
            return null;
        }
        String kept = message;
        Matcher echo = ECHO.matcher(message);
        if (echo.find()) {
            // The clause that introduces the echo goes with it: "… calculation. server string to sign is:".
            int clause = Math.max(message.lastIndexOf('.', echo.start()), message.lastIndexOf(',', echo.start()));
            kept = message.substring(0, clause + 1).stripTrailing() + " [string to sign withheld]";
        }
        kept = PARAMETER.matcher(kept).replaceAll("$1$2***");
        kept = KEY.matcher(kept).replaceAll("$1***");
        return TOKEN.matcher(kept).replaceAll("***");
    }
}
