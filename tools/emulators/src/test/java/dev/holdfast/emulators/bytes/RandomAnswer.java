package dev.holdfast.emulators.bytes;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Bytes that are nearly an answer of HTTP/1.1: the parts that servers get wrong, put together and then spoilt, by a seed. */
final class RandomAnswer {
    private static final String[] STATUSES = {
        "200 OK", "200", "204 X", "205 X", "206 X", "301 X", "304 X", "400 X", "401 X", "404 X", "407 X", "408 X",
        "421 X", "429 X", "500 X", "503 X", "503 X", "597 X", "999 X", "-12 X", "+12 X", "007 X", "20 X", "abc"
    };
    private static final String[] LINES = {
        "no colon",
        "X-A: b",
        "X-A: b\r\n folded",
        ": no name",
        "X A: blank",
        "X-\u00e9: \u00fc",
        "Retry-After: 0",
        "Retry-After: 1",
        "Retry-After: 99999999999",
        "Retry-After: x",
        "Holdfast-Retry-After: 7",
        "Holdfast-Status: 204",
        "Connection: close",
        "Connection: keep-alive",
        "Content-Type: application/json",
        "Content-Type: ;;",
        "Content-Encoding: gzip",
        "Content-Encoding: br",
        "WWW-Authenticate: Basic realm=x",
        "Proxy-Authenticate: Basic realm=x",
        "Location: /elsewhere",
        "Location: http://[",
        "Trailer: X-T",
        "Set-Cookie: a=b",
        "Date: never",
        "Upgrade: h2c",
        "Content-Length: 2",
        "Content-Length: -5",
        "Content-Length: 99999999999999999999",
        "Content-Length: two",
        "Content-Length:",
        "Transfer-Encoding: identity"
    };
    private static final String[] BODIES = {
        "Content-Length: 2\r\n\r\nok",
        "Content-Length: 0\r\n\r\n",
        "Content-Length: 9\r\n\r\nhalf",
        "Content-Length: 2\r\n\r\nok and more than that",
        "\r\nuntil the end",
        "\r\n",
        "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n2;a=b\r\nok\r\n0\r\nX-T: 1\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nok",
        "Transfer-Encoding: chunked\r\n\r\nzz\r\nok\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n-1\r\nok\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n0\r\nno colon\r\n\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n2\r\nok\r\n0\r\n\r\n",
        "Content-Type: application/json\r\nContent-Length: 13\r\n\r\n{\"error\":\"a\"}",
        "Content-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>"
    };

    private RandomAnswer() {}

    static byte[] of(long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        while (random.nextInt(8) == 0) {
            text.append("HTTP/1.1 10").append(random.nextInt(4) == 1 ? 0 : 3).append(" C\r\n\r\n");
        }
        text.append("HTTP/1.").append(random.nextInt(10) == 0 ? 0 : 1).append(' ');
        text.append(STATUSES[random.nextInt(STATUSES.length)]).append("\r\n");
        for (int lines = random.nextInt(4); lines > 0; lines--) {
            text.append(LINES[random.nextInt(LINES.length)]).append("\r\n");
        }
        text.append(BODIES[random.nextInt(BODIES.length)]);
        byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        for (int spoilt = random.nextInt(4) - 1; spoilt > 0; spoilt--) {
            bytes = spoilt(bytes, random);
        }
        return bytes;
    }

    private static byte[] spoilt(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return bytes;
        }
        int at = random.nextInt(bytes.length);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        int length = Math.min(random.nextInt(6), bytes.length - at);
        switch (random.nextInt(4)) {
            case 0 -> out.write(random.nextInt(256));
            case 1 -> out.write(bytes, at + length, bytes.length - at - length);
            case 2 -> {
                out.write(bytes, at, length);
                out.write(bytes, at, bytes.length - at);
            }
            default -> {
                out.write(random.nextInt(256));
                out.write(bytes, at + 1, bytes.length - at - 1);
            }
        }
        return out.toByteArray();
    }
}
