package dev.holdfast.core.response;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.catalogue.Catalogue;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.internal.decide.DecisionPipeline;
import dev.holdfast.core.spi.Dialects;
import dev.holdfast.core.spi.ErrorDialect;
import dev.holdfast.core.time.Seed;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Law 3: any bytes are a legal body, and the status still decides. */
class BodyMutationTest {
    private static final Seed SEED = Seed.of(BodyMutationTest.class);
    private static final byte[][] FRAGMENTS = Stream.of(
                    "\"",
                    "{",
                    "}",
                    "[",
                    "]",
                    ",",
                    ":",
                    "\\",
                    "\\u",
                    "null",
                    "1e999999999",
                    "<",
                    ">",
                    "</",
                    "&",
                    "&a;",
                    "<!DOCTYPE x [",
                    "<![CDATA[",
                    "]]>",
                    "<!--",
                    "-->",
                    "<?xml ",
                    "<html>",
                    "\u0000",
                    "\ufeff",
                    "\u00e9",
                    "\ud83d\ude00",
                    "{\"code\":",
                    "<Code>")
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);

    private final RandomGenerator random = SEED.generator();
    private final DecisionPipeline classifier =
            new DecisionPipeline("test/service", List.of(), ErrorDialect.standard(), Catalogue.empty());

    static Stream<byte[]> bodies() throws IOException {
        String json =
                "{\"error\":{\"code\":\"Busy\",\"message\":\"The caf\u00e9 is busy\",\"details\":[{\"code\":\"A\"},"
                        + "{\"code\":\"B\",\"n\":-1.5e3}],\"none\":null},\"requestId\":\"r-1\",\"ok\":false}";
        String xml = "<?xml version='1.0'?><Response xmlns='urn:x'><Errors><Error a='b'><Code>Busy</Code><Message>The"
                + " caf\u00e9 &amp; <![CDATA[<bar>]]> are busy</Message></Error></Errors><RequestId>r-1</RequestId></Response>";
        String html = "<!DOCTYPE html><html><head><title>503 Busy</title></head><body><h1>Busy</h1></body></html>";
        return Stream.of(
                json.getBytes(StandardCharsets.UTF_8),
                json.getBytes(StandardCharsets.UTF_16),
                json.getBytes(Charset.forName("UTF-32LE")),
                json.getBytes(StandardCharsets.ISO_8859_1),
                BodyReaderTest.gzip(json.getBytes(StandardCharsets.UTF_8)),
                xml.getBytes(StandardCharsets.UTF_8),
                xml.getBytes(StandardCharsets.UTF_16LE),
                html.getBytes(StandardCharsets.UTF_8),
                "The caf\u00e9 is busy".getBytes(StandardCharsets.UTF_8),
                new byte[0]);
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void noMutationThrowsOrGrows(byte[] body) {
        for (int round = 0; round < 400; round++) {
            byte[] mutant = body;
            for (int change = random.nextInt(4); change >= 0; change--) {
                mutant = mutate(mutant);
            }
            String what = SEED + ", round " + round + ": " + Arrays.toString(mutant);
            check(ResponseView.of(503, HeaderFields.of("Content-Type", label()), mutant, random.nextBoolean()), what);
        }
    }

    private void check(ResponseView answer, String what) {
        Document tree = Document.read(answer);
        assertThat(tree.format()).as(what).isNotNull();
        assertThat(Trees.size(tree.root())).as(what).isLessThanOrEqualTo(2_000);
        MembersTest.assertLikeTheTree(answer, what);
        Decision decision = classifier.decide(Dialects.context(answer), null);
        ServiceError error = decision.error();
        if (error.message() != null) {
            assertThat(error.message().length()).as(what).isBetween(1, ServiceError.MESSAGE_LIMIT);
        }
        if (error.code() != null) {
            assertThat(error.code()).as(what).isNotBlank().hasSizeLessThanOrEqualTo(ServiceError.NAME_LIMIT);
        }
        assertThat(decision.rule()).as(what).isEqualTo("default/503");
        assertThat(decision.isRetry()).as(what).isTrue();
    }

    private String label() {
        String[] labels = {
            "", "application/json", "text/html; charset=iso-8859-1", "x/y;charset=utf-16", "a;charset=gbk"
        };
        return labels[random.nextInt(labels.length)];
    }

    private byte[] mutate(byte[] body) {
        int at = random.nextInt(body.length + 1);
        int to = at + random.nextInt(body.length - at + 1);
        byte[] fragment = FRAGMENTS[random.nextInt(FRAGMENTS.length)];
        return switch (random.nextInt(7)) {
            case 0 -> Arrays.copyOf(body, at);
            case 1 -> join(Arrays.copyOf(body, at), Arrays.copyOfRange(body, to, body.length));
            case 2 -> join(Arrays.copyOf(body, at), fragment, Arrays.copyOfRange(body, at, body.length));
            case 3 -> join(Arrays.copyOf(body, to), Arrays.copyOfRange(body, at, body.length));
            case 4 -> repeat(body, at, fragment);
            case 5 -> flip(body, at);
            default -> noise(random.nextInt(64));
        };
    }

    /** So often that every limit is met. */
    private byte[] repeat(byte[] body, int at, byte[] fragment) {
        byte[] many = new byte[fragment.length * (1 + random.nextInt(5_000))];
        for (int i = 0; i < many.length; i++) {
            many[i] = fragment[i % fragment.length];
        }
        return join(Arrays.copyOf(body, at), many, Arrays.copyOfRange(body, at, body.length));
    }

    private byte[] flip(byte[] body, int at) {
        byte[] flipped = body.clone();
        if (at < body.length) {
            flipped[at] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] join(byte[]... parts) {
        byte[] joined =
                new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }
}
