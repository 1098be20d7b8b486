package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Adapter.Reply;
import java.util.Random;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import okio.Buffer;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Law 3: any bytes are a legal body. The status decides, and whoever gets the answer gets all of it. */
class Law03AnyBodyTest {
    // Guards BodyView.first: from.copyTo(…), which takes nothing from whoever reads on; the catches of JsonReader and
    // XmlReader
    private static final int MIB = 1024 * 1024;

    @RegisterExtension
    final Bench bench = Bench.skipping();

    record Body(String name, String contentType, Buffer bytes) {
        static Body text(String name, String contentType, String text) {
            return new Body(name, contentType, new Buffer().writeUtf8(text));
        }

        static Body random(String name, int size) {
            byte[] bytes = new byte[size];
            new Random(size).nextBytes(bytes);
            return new Body(name, "application/json", new Buffer().write(bytes));
        }

        MockResponse.Builder answer(int status) {
            return Bench.answer(status, "")
                    .setHeader("Content-Type", contentType)
                    .body(bytes.clone());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Body> bodies() {
        String json = "application/json";
        return Stream.of(
                Body.text("empty", json, ""),
                Body.text("blank", json, " \r\n\t "),
                Body.text("JSON that breaks off", json, "{\"error\":\"Too many requ"),
                Body.text("JSON array", json, "[[[1,2,{\"error\":null}]]]"),
                Body.text("JSON scalar", json, "42"),
                Body.text("JSON null", json, "null"),
                Body.text("JSON nested beyond any limit", json, "[".repeat(5_000)),
                Body.text("HTML under the type of JSON", json, "<html><head><title>No</title></head></html>"),
                Body.text("JSON under the type of HTML", "text/html", "{\"error\":\"sentence\"}"),
                Body.text("XML with an entity bomb", "text/xml", "<!DOCTYPE x [<!ENTITY a \"b\">]><Error>&a;</Error>"),
                Body.text("nonsense type", "no/such;charset=no-such", "{\"error\":\"sentence\"}"),
                Body.random("bytes of no meaning", 3_000),
                Body.random("as long as the view", 64 * 1024),
                Body.random("one byte longer than the view", 64 * 1024 + 1),
                Body.random("10 MiB", 10 * MIB));
    }

    static Stream<Arguments> bodiesAndDoors() {
        return bodies().flatMap(body -> Stream.of(Adapter.values()).map(adapter -> Arguments.of(body, adapter)));
    }

    @ParameterizedTest(name = "{1} {0}")
    @MethodSource("bodiesAndDoors")
    void theStatusDecidesAndTheCallerGetsEveryByte(Body body, Adapter adapter) throws Exception {
        // All of them with IMDS's own server header: without it a page would be somebody else's, and rightly so.
        bench.answers(
                body.answer(500).build(),
                body.answer(500).build(),
                body.answer(400).build());

        Reply reply = adapter.call(bench, bench.azure().build(), Ask.get(Bench.INSTANCE));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.bytes()).isEqualTo(body.bytes().snapshot());
        assertThat(reply.outcome().attempts()).hasSize(3);
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.FAILED);
        assertThat(bench.requests()).isEqualTo(3);
    }

    @ParameterizedTest(name = "{1} {0}")
    @MethodSource("bodiesAndDoors")
    void aSuccessIsNotLookedInto(Body body, Adapter adapter) throws Exception {
        bench.answers(body.answer(200).build());
        Reply reply = adapter.call(bench, bench.azure().build(), Ask.get(Bench.INSTANCE));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.bytes()).isEqualTo(body.bytes().snapshot());
        assertThat(reply.outcome().succeeded()).isTrue();
    }
}
