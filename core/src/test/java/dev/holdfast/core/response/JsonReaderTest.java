package dev.holdfast.core.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.holdfast.core.response.Document.Format;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    private static final String DOCUMENT =
            "{\"error\":{\"code\":\"Thr\\u00f6ttle\\\"d\",\"n\":-40.5e+3,\"t\":true,\"f\":false,\"z\":null,"
                    + "\"list\":[1,{\"x\":\"\u00e9\\n\u4e2d\\ud83d\\ude00\"},[],{}],\"last\" : 7 } , \"id\":\"r-1\" }";

    @ParameterizedTest
    @MethodSource
    void readsAnyShape(String json, List<String> scalars) {
        Document tree = Trees.of(json);
        assertThat(tree.format()).isEqualTo(Format.JSON);
        assertThat(tree.complete()).isTrue();
        assertThat(tree.root().exists()).isTrue();
        assertThat(Trees.scalars(tree)).isEqualTo(scalars);
        assertThat(Trees.scalars(Document.read(json))).isEqualTo(scalars);
    }

    static Stream<Arguments> readsAnyShape() {
        return Stream.of(
                arguments("{}", List.of()),
                arguments("[]", List.of()),
                arguments("[[[]]]", List.of()),
                arguments("\"text\"", List.of("=text")),
                arguments("\"\"", List.of("=")),
                arguments(" \n\t{\"a\" : \"b\"}\r\n ", List.of("/a=b")),
                arguments("{\"\":\"\"}", List.of("/=")),
                arguments("{\"a\":null,\"b\":true,\"c\":1.50}", List.of("/b=true", "/c=1.50")),
                arguments("[1,\"2\",[3],{\"a\":{\"b\":[4]}}]", List.of("/0=1", "/1=2", "/2/0=3", "/3/a/b/0=4")),
                arguments("{\"a\":\"\\u0041\\/\\n\"}", List.of("/a=A/\n")));
    }

    @Test
    void everyPrefixKeepsExactlyWhatWasComplete() {
        byte[] bytes = DOCUMENT.getBytes(StandardCharsets.UTF_8);
        List<String> whole = Trees.scalars(Trees.of(bytes));
        assertThat(whole)
                .containsExactly(
                        "/error/code=Thr\u00f6ttle\"d",
                        "/error/n=-40.5e+3",
                        "/error/t=true",
                        "/error/f=false",
                        "/error/list/0=1",
                        "/error/list/1/x=\u00e9\n\u4e2d\ud83d\ude00",
                        "/error/last=7",
                        "/id=r-1");
        int before = 0;
        for (int length = 1; length < bytes.length; length++) {
            Document tree = Trees.of(Arrays.copyOf(bytes, length));
            List<String> kept = Trees.scalars(tree);
            assertThat(kept).as("first %d bytes", length).isEqualTo(whole.subList(0, kept.size()));
            assertThat(kept.size()).as("first %d bytes", length).isBetween(before, before + 1);
            assertThat(tree.complete()).isFalse();
            before = kept.size();
        }
        assertThat(before).isEqualTo(whole.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"b\":\"half",
                "{\"a\":1,\"b\":\"half\\",
                "{\"a\":1,\"b\":\"half\\u00",
                "{\"a\":1,\"b\":4",
                "{\"a\":1,\"b\":4.",
                "{\"a\":1,\"b\":-",
                "{\"a\":1,\"b\":4e",
                "{\"a\":1,\"b\":tr",
                "{\"a\":1,\"b\":nul",
                "{\"a\":1,\"b\":",
                "{\"a\":1,\"b\"",
                "{\"a\":1,\"b",
                "{\"a\":1,\n",
                "{\"a\":1,"
            })
    void whatBreaksOffKeepsWhatWasComplete(String json) {
        Document tree = Trees.of(json);
        assertThat(Trees.scalars(tree)).containsExactly("/a=1");
        assertThat(tree.complete()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1}}",
                "{\"a\":1]",
                "{\"a\":1} x",
                "{\"a\":1} {\"b\":2}",
                "{\"a\":1}, ",
                "{\"a\":1}7",
                "{\"a\":1}true",
                "[{\"a\":1}]]",
                "{\"a\":1,}",
                "{\"a\":1,,\"b\":2}",
                "{\"a\":1 \"b\":2}",
                "{\"a\" 1}",
                "{'a':1}",
                "{a:1}",
                "{\"a\":1,\"b\":tr}",
                "{\"a\":1,\"b\":nope}",
                "{\"a\":1,\"b\":nope",
                "{\"a\":1,\"b\":01}",
                "{\"a\":1,\"b\":NaN}",
                "{\"a\":1,\"b\":\"\n\"}",
                "{\"a\":1,\"b\":\"\u0000\"}",
                "{\"a\":1,\"b\":\"\\x\"}",
                "{\"a\":1 /* c */}",
                "{\"a\":1; \"b\":2}"
            })
    void whatIsMalformedKeepsNothing(String json) {
        Document tree = Trees.of(json);
        assertThat(tree.format()).isEqualTo(Format.JSON);
        assertThat(tree.root().exists()).isFalse();
        assertThat(tree.complete()).isFalse();
        assertThat(tree.text()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"subscriptionId\" is missing",
                "\"half",
                "\"\"\"",
                "[ERROR] no route",
                "[1] no route",
                "[2026-11-21 12:00:00] no route"
            })
    void aSentenceThatBeginsLikeADocumentIsText(String text) {
        Document tree = Trees.of(text);
        assertThat(tree.format()).isEqualTo(Format.TEXT);
        assertThat(tree.text()).isEqualTo(text);
        assertThat(tree.root().exists()).isFalse();
    }

    @Test
    void theFirstOfTwoNamesCounts() {
        Document.Node root =
                Trees.of("{\"code\":\"A\",\"Code\":\"B\",\"code\":\"C\"}").root();
        assertThat(root.get("code").text()).isEqualTo("A");
        assertThat(root.get("CODE").text()).isEqualTo("A");
        assertThat(root.children()).hasSize(3);
    }

    @Test
    void depthIsBounded() {
        assertThat(Trees.of("{\"a\":".repeat(20) + "1" + "}".repeat(20)).complete())
                .isTrue();
        Document deep = Trees.of("{\"code\":\"A\",\"b\":" + "[".repeat(60_000));
        assertThat(deep.root().text("code")).isEqualTo("A");
        assertThat(deep.complete()).isFalse();
        assertThat(Trees.size(deep.root())).isLessThan(25);
    }

    @ParameterizedTest
    @MethodSource
    void whatIsTooLongEndsTheReading(String tooLong) {
        Document tree = Trees.of("{\"code\":\"A\"," + tooLong + ",\"later\":1}");
        assertThat(Trees.scalars(tree)).containsExactly("/code=A");
        assertThat(tree.complete()).isFalse();
    }

    static Stream<String> whatIsTooLongEndsTheReading() {
        return Stream.of(
                "\"n\":" + "9".repeat(101),
                "\"n\":-1." + "9".repeat(5_000),
                "\"n\":1e" + "9".repeat(200),
                "\"s\":\"" + "x".repeat(16 * 1024 + 1) + "\"",
                "\"" + "x".repeat(300) + "\":1");
    }

    @Test
    void aNumberIsNeverComputed() {
        assertThat(Trees.scalars(Trees.of("{\"code\":1e1000000000,\"b\":-0,\"c\":" + "9".repeat(100) + "}")))
                .containsExactly("/code=1e1000000000", "/b=-0", "/c=" + "9".repeat(100));
    }

    @Test
    void theNumberOfNodesIsBounded() {
        String many = IntStream.range(0, 9_000).mapToObj(i -> "\"a\"").reduce("\"x\"", (a, b) -> a + "," + b);
        Document tree = Trees.of("{\"code\":\"A\",\"list\":[" + many + "],\"later\":1}");
        assertThat(tree.root().text("code")).isEqualTo("A");
        assertThat(Trees.size(tree.root())).isEqualTo(2_000);
        assertThat(tree.complete()).isFalse();
        assertThat(tree.root().get("later").exists()).isFalse();
    }

    @Test
    void nothingBeyondTheLimitIsLookedAt() {
        String entry = "{\"k\":\"" + "v".repeat(4_000) + "\"},";
        Document tree = Document.read("{\"code\":\"A\",\"list\":[" + entry.repeat(100));
        assertThat(tree.root().text("code")).isEqualTo("A");
        assertThat(Trees.scalars(tree)).hasSize(1 + ResponseView.BODY_LIMIT / entry.length());
        assertThat(tree.complete()).isFalse();
    }
}
