package dev.holdfast.testkit.junit;

import dev.holdfast.core.internal.time.Randomness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPOutputStream;

/** Bodies that no service sends on purpose. They hold neither a code nor a sentence, so that the status has to decide. */
final class HostileBodies {
    private static final int MIB = 1024 * 1024;
    private static final int MUTATED_BYTES = 6;

    private HostileBodies() {}

    /** Bytes by a name that says what they are. */
    static Map<String, byte[]> all() {
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        bodies.put("NUL bytes", new byte[300]);
        put(bodies, "blanks", " \r\n\t ".repeat(2_000));
        put(bodies, "a byte order mark and nothing", "\uFEFF");
        put(bodies, "a JSON object that breaks off", "{\"a\":{\"b\":[1,2,");
        put(bodies, "JSON nested beyond any limit", "{\"a\":[".repeat(20_000));
        put(bodies, "a JSON number without end", "[" + "9".repeat(60_000) + "]");
        put(bodies, "JSON null", "null");
        put(
                bodies,
                "JSON of the wrong kinds",
                "{\"code\":{},\"message\":[[]],\"error\":[null],\"errors\":{\"a\":false}}");
        put(bodies, "JSON with a thousand keys", "{" + "\"k\":0,".repeat(9_000) + "\"k\":0}");
        put(bodies, "JSON with half a surrogate", "{\"k\":[\"\\ud800\"]}");
        put(
                bodies,
                "XML with a bomb of entities",
                "<!DOCTYPE z [<!ENTITY a \"b\"><!ENTITY c \"" + "&a;".repeat(500) + "\">]><z><y>&c;&c;</y></z>");
        put(
                bodies,
                "XML with an entity from a file",
                "<!DOCTYPE z [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><z>&a;</z>");
        put(bodies, "XML with a DTD from elsewhere", "<!DOCTYPE z SYSTEM \"http://127.0.0.1:1/z.dtd\"><z><y/></z>");
        put(bodies, "XML nested beyond any limit", "<a>".repeat(20_000));
        put(bodies, "XML that is not closed", "<?xml version=\"1.0\"?><z><y x=\"");
        bodies.put("a bomb of gzip", gzip(new byte[20 * MIB]));
        bodies.put("gzip that breaks off", Arrays.copyOf(gzip(new byte[MIB]), 200));
        bodies.put("gzip and then nothing of it", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0});
        bodies.put("UTF-16 under another name", "{\"k\":[]}".getBytes(StandardCharsets.UTF_16));
        bodies.put("UTF-32 under another name", "{\"k\":[]}".getBytes(Charset.forName("UTF-32")));
        bodies.put("bytes that are no UTF-8", new byte[] {'{', '"', (byte) 0xc3, '"', ':', (byte) 0xff, '}'});
        return bodies;
    }

    /** Ten mebibytes of one JSON string. */
    static byte[] tenMebibytes() {
        byte[] body = new byte[10 * MIB];
        Arrays.fill(body, (byte) 'x');
        body[0] = '{';
        body[1] = '"';
        return body;
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Documents with bytes changed, lost and doubled. */
    static List<byte[]> mutations(List<byte[]> documents, long seed, int count) {
        RandomGenerator random = Randomness.seeded(seed);
        List<byte[]> mutated = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] document = documents.get(random.nextInt(documents.size())).clone();
            for (int n = random.nextInt(MUTATED_BYTES); n >= 0 && document.length > 0; n--) {
                document = mutated(document, random);
            }
            mutated.add(document);
        }
        return mutated;
    }

    private static byte[] mutated(byte[] document, RandomGenerator random) {
        int at = random.nextInt(document.length);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        switch (random.nextInt(4)) {
            case 0 -> out.write(document, 0, at);
            case 1 -> {
                out.writeBytes(document);
                out.write(document, at, document.length - at);
            }
            case 2 -> {
                out.write(document, 0, at);
                out.write(document, at + 1, document.length - at - 1);
            }
            default -> {
                document[at] = (byte) random.nextInt(256);
                out.writeBytes(document);
            }
        }
        return out.toByteArray();
    }

    private static void put(Map<String, byte[]> bodies, String name, String text) {
        bodies.put(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
