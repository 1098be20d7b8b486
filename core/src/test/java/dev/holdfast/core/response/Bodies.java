package dev.holdfast.core.response;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A body of each shape, by a name that says what it is. */
final class Bodies {
    private static final String JSON =
            "{\"error\":{\"code\":\"Busy\",\"message\":\"The café is busy\"},\"requestId\":\"r-1\"}";
    private static final String XML = "<Error><Code>Busy</Code><Message>The café is busy</Message></Error>";
    private static final String PAGE = "<html><head><title>502 Bad Gateway</title></head><body>The café</body></html>";

    private Bodies() {}

    static Map<String, byte[]> all() {
        Map<String, byte[]> all = new LinkedHashMap<>();
        put(all, "json", JSON);
        put(all, "json array", "[" + JSON + "]");
        put(all, "json text", "\"busy\"");
        put(all, "xml", XML);
        put(all, "html", PAGE);
        put(all, "plain", "The café is busy");
        put(all, "empty", "");
        put(all, "blanks", " \r\n ");
        put(all, "json that breaks off", JSON.substring(0, JSON.length() - 20));
        put(all, "json that breaks off behind a brace", JSON.substring(0, JSON.indexOf('}') + 1));
        put(all, "json that breaks off in a number", "{\"code\":12");
        put(all, "malformed json", JSON.replace(":", ";"));
        put(all, "malformed json with a brace at its end", "{\"code\":\"Busy\",}");
        put(all, "a sentence in brackets", "[busy] no route");
        put(all, "xml that breaks off", XML.substring(0, XML.length() - 20));
        put(all, "malformed xml", XML.replace("</Code>", "</Kode>"));
        put(all, "xml with a document type", "<!DOCTYPE Error>" + XML);
        put(all, "64 KiB of json", "{\"code\":\"Busy\",\"list\":[" + "\"x\",".repeat(20_000) + "0]}");
        put(all, "64 KiB of one json text", "{\"code\":\"Busy\",\"x\":\"" + "x".repeat(80_000) + "\"}");
        put(all, "64 KiB of nested json", "{\"a\":[".repeat(20_000));
        put(all, "64 KiB of xml", "<E><Code>Busy</Code>" + "<x>y</x>".repeat(10_000) + "</E>");
        put(all, "64 KiB of html", PAGE.replace("The", "x ".repeat(40_000)));
        put(all, "64 KiB of text", "busy ".repeat(20_000));
        all.put("json in UTF-16", JSON.getBytes(StandardCharsets.UTF_16));
        all.put("json with a byte order mark", ("\uFEFF" + JSON).getBytes(StandardCharsets.UTF_8));
        all.put("compressed json", gzip(JSON.getBytes(StandardCharsets.UTF_8)));
        all.put("64 KiB of zeros", new byte[ResponseView.BODY_LIMIT]);
        all.put("compressed json that breaks off", Arrays.copyOf(gzip(JSON.getBytes(StandardCharsets.UTF_8)), 40));
        return all;
    }

    private static void put(Map<String, byte[]> all, String name, String body) {
        all.put(name, body.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] gzip(byte[] plain) {
        try {
            return BodyReaderTest.gzip(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
