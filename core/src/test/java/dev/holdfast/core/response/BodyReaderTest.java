package dev.holdfast.core.response;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.response.Document.Format;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyReaderTest {
    private static final String JSON = "{\"code\":\"Busy\",\"message\":\"Caf\u00e9 is \u4e2d busy\"}";

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n\t ", "\u0000\u0000", "\ufeff", "\ufeff \n"})
    void nothingVisibleIsEmpty(String body) {
        Document tree = Trees.of(body);
        assertThat(tree.format()).isEqualTo(Format.EMPTY);
        assertThat(tree.text()).isNull();
        assertThat(tree.root().exists()).isFalse();
        assertThat(Document.read(body).format()).isEqualTo(Format.EMPTY);
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"code\":\"A\"}', JSON, text/html",
        "'<E><Code>A</Code></E>', XML, application/json",
        "'<html><title>A</title></html>', HTML, application/json",
        "'no luck', TEXT, application/json",
        "'42', TEXT, application/json",
        "'true', TEXT, application/json",
        "'null', TEXT, application/json",
        "'{\"code\":\"A\"}', JSON, ';;;=='",
    })
    void theContentTypeIsNotAsked(String body, Format format, String contentType) {
        assertThat(Trees.of(body, "Content-Type", contentType).format()).isEqualTo(format);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32", "UTF-32BE", "UTF-32LE"})
    void documentsInAnyUnicodeEncoding(String name) {
        Charset charset = Charset.forName(name);
        assertThat(Trees.of(JSON.getBytes(charset)).root().text("code")).isEqualTo("Busy");
        assertThat(Trees.of("<E><Code>B\u00fcsy</Code></E>".getBytes(charset))
                        .root()
                        .text("code"))
                .isEqualTo("B\u00fcsy");
        assertThat(Trees.of("no luck \u4e2d".getBytes(charset)).text()).isEqualTo("no luck \u4e2d");
        assertThat(Trees.of("{}".getBytes(charset)).complete()).isTrue();
        assertThat(Trees.of(("\ufeff" + JSON).getBytes(charset)).root().text("code"))
                .isEqualTo("Busy");
    }

    @Test
    void documentsInLatin1() {
        Document tree = Trees.of(
                "{\"message\":\"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1),
                "Content-Type",
                "application/json; charset=utf-8");
        assertThat(tree.root().text("message")).isEqualTo("caf\u00e9");
        assertThat(Trees.of("caf\u00e9".getBytes(StandardCharsets.ISO_8859_1)).text())
                .isEqualTo("caf\u00e9");
    }

    @Test
    void nulBytesAtTheEdgesAreBlanks() {
        assertThat(Trees.of("\u0000" + JSON + "\u0000\u0000").root().text("code"))
                .isEqualTo("Busy");
        assertThat(Trees.of("<E><Code>A</Code></E>\u0000").root().text("code")).isEqualTo("A");
        assertThat(Trees.of("no luck\u0000").text()).isEqualTo("no luck");
    }

    @Test
    void aCompressedBodyThatNobodyAskedFor() throws IOException {
        assertThat(Trees.of(gzip(JSON.getBytes(StandardCharsets.UTF_8))).root().text("code"))
                .isEqualTo("Busy");
        assertThat(Trees.of(gzip(new byte[0])).format()).isEqualTo(Format.EMPTY);
        byte[] twice = gzip(gzip(JSON.getBytes(StandardCharsets.UTF_8)));
        assertThat(Trees.of(twice).root().exists()).isFalse();
    }

    @Test
    void aCompressedBodyThatBreaksOffKeepsWhatWasComplete() throws IOException {
        byte[] whole = gzip(
                ("{\"code\":\"Busy\",\"noise\":\"" + noise(8_000) + "\",\"b\":1}").getBytes(StandardCharsets.UTF_8));
        Document tree = Trees.of(Arrays.copyOf(whole, whole.length / 2));
        assertThat(Trees.scalars(tree)).containsExactly("/code=Busy");
        assertThat(tree.complete()).isFalse();
        for (int length = 0; length < whole.length; length += 7) {
            assertThat(Trees.size(Trees.of(Arrays.copyOf(whole, length)).root()))
                    .isLessThanOrEqualTo(4);
        }
    }

    private static String noise(int length) {
        StringBuilder noise = new StringBuilder();
        for (int i = 1; noise.length() < length; i++) {
            noise.append(Integer.toString(i * 48_271 % 0x7fffffff, 36));
        }
        return noise.toString();
    }

    @Test
    void whatOnlyBeginsLikeACompressedBodyIsEmpty() {
        byte[] broken = {0x1f, (byte) 0x8b, 7, 7, 7, 7};
        assertThat(Trees.of(broken).format()).isEqualTo(Format.EMPTY);
        assertThat(Trees.of(new byte[] {0x1f, (byte) 0x8b}).root().exists()).isFalse();
    }

    /** 60 MiB in less than 64 KiB: each look must cost no more than the limit. */
    @Test
    void aBombIsInflatedToTheLimitOnly() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bomb)) {
            out.write("no luck ".getBytes(StandardCharsets.UTF_8));
            byte[] megabyte = new byte[1024 * 1024];
            Arrays.fill(megabyte, (byte) 'x');
            for (int i = 0; i < 60; i++) {
                out.write(megabyte);
            }
        }
        byte[] bytes = bomb.toByteArray();
        assertThat(bytes.length).isLessThan(ResponseView.BODY_LIMIT);
        Document tree = Trees.of(bytes);
        assertThat(tree.text()).hasSize(ResponseView.BODY_LIMIT).startsWith("no luck xxx");
    }

    static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }
}
