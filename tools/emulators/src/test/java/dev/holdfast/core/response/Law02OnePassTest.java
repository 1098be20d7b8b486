package dev.holdfast.core.response;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.ServiceProvider;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.spi.ErrorDialect.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Law 2: a body is parsed once. Counts the passes over the bytes of a response while a service reads the error, looks for a failure behind a success, for an
 * intermediary, for a retry-after and for the code of the catalogue. It stands in the package of the counter.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Law02OnePassTest {
    private static final int[] STATUSES = {200, 202, 302, 400, 401, 403, 404, 409, 429, 500, 502, 503};
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    static List<Service> services() {
        return ServiceProvider.all().stream()
                .flatMap(provider -> provider.services().stream())
                .toList();
    }

    @Test
    void allServicesOfTheFourVendorsAreHere() {
        assertThat(services())
                .extracting(Service::id)
                .containsExactlyInAnyOrder(
                        "azure/imds",
                        "azure/vm-inspector",
                        "ibm/vpc-metadata",
                        "huawei/metadata",
                        "huawei/imetal",
                        "alibaba/metadata",
                        "alibaba/slb");
    }

    @ParameterizedTest
    @MethodSource("services")
    void anErrorIsReadInOnePass(Service service) {
        each((name, view) -> {
            service.decide(view);
            assertThat(view.passes()).as(name).isOne();
        });
    }

    /** A success is not looked into where its status tells enough, and never twice. */
    @ParameterizedTest
    @MethodSource("services")
    void aSuccessIsLookedIntoInOnePass(Service service) {
        boolean looks = service.operations().stream().anyMatch(Operation::inspectSuccess);
        int most = 0;
        for (Map.Entry<String, byte[]> body : bodies().entrySet()) {
            for (int status : new int[] {200, 202}) {
                ResponseView view = view(status, body.getValue());
                service.dialect().failure(Context.of(view, null, NOW));
                most = Math.max(most, view.passes());
                service.decide(view);
                assertThat(view.passes()).as(body.getKey() + ", " + status).isOne();
            }
        }
        assertThat(most).isEqualTo(looks ? 1 : 0);
    }

    @ParameterizedTest
    @MethodSource("services")
    void aTreeThatTheCallerHasReadServesTheDialect(Service service) {
        each((name, view) -> {
            Document.read(view);
            service.decide(view);
            assertThat(view.passes()).as(name).isOne();
        });
    }

    /** Every vendor names its members: what it reads is found without a tree. */
    @ParameterizedTest
    @MethodSource("services")
    void noDialectAsksForATree(Service service) {
        ResponseView view = view(400, bytes("{\"code\":\"Busy\",\"nobody.reads.this\":\"x\"}"));
        service.decide(view);
        assertThat(view.document(Members.of()).root().children()).hasSize(0);
        assertThat(view.passes()).isEqualTo(2);
    }

    private static void each(Check check) {
        bodies().forEach((name, body) -> Stream.of(new String[] {null, "1.1 gate"})
                .forEach(via -> {
                    for (int status : STATUSES) {
                        HeaderFields headers = via == null ? HeaderFields.empty() : HeaderFields.of("Via", via);
                        check.of(name + ", " + status + ", " + via, ResponseView.of(status, headers, body, true));
                    }
                }));
    }

    private static ResponseView view(int status, byte[] body) {
        return ResponseView.of(status, HeaderFields.empty(), body, true);
    }

    private static Map<String, byte[]> bodies() {
        String json = "{\"error\":{\"code\":\"Busy\",\"message\":\"The caf\u00e9 is busy\"},\"access_token\":\"t\"}";
        String flat = "{\"Code\":\"Busy\",\"Message\":\"The caf\u00e9 is busy\",\"resultStatus\":\"Failed\"}";
        String xml = "<Error><Code>Busy</Code><Message>The caf\u00e9 is busy</Message></Error>";
        String page = "<html><head><title>502 Bad Gateway</title></head><body>The caf\u00e9</body></html>";
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        bodies.put("json", bytes(json));
        bodies.put("flat json", bytes(flat));
        bodies.put("json array", bytes("[" + flat + "]"));
        bodies.put("json text", bytes("\"busy\""));
        bodies.put("xml", bytes(xml));
        bodies.put("html", bytes(page));
        bodies.put("html titled with the status", bytes(page.replace("502", "403")));
        bodies.put("plain", bytes("The caf\u00e9 is busy"));
        bodies.put("empty", bytes(""));
        bodies.put("broken json", bytes(json.substring(0, json.length() - 30)));
        bodies.put("broken json with a brace at its end", bytes(json.substring(0, json.indexOf('}') + 1)));
        bodies.put("malformed json", bytes("{\"code\":\"Busy\",}"));
        bodies.put("broken xml", bytes(xml.substring(0, xml.length() - 20)));
        bodies.put("malformed xml", bytes(xml.replace("</Code>", "</Kode>")));
        bodies.put("64 KiB of json", bytes("{\"code\":\"Busy\",\"list\":[" + "\"x\",".repeat(20_000) + "0]}"));
        bodies.put("64 KiB of nested json", bytes("{\"a\":[".repeat(20_000)));
        bodies.put("64 KiB of xml", bytes("<E><Code>Busy</Code>" + "<x>y</x>".repeat(10_000) + "</E>"));
        bodies.put("64 KiB of html", bytes(page.replace("The", "x ".repeat(40_000))));
        bodies.put("64 KiB of text", bytes("busy ".repeat(20_000)));
        bodies.put("json in UTF-16", json.getBytes(StandardCharsets.UTF_16));
        bodies.put("compressed json", gzip(bytes(json)));
        bodies.put("compressed html", gzip(bytes(page)));
        return bodies;
    }

    private static byte[] bytes(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private interface Check {
        void of(String name, ResponseView view);
    }
}
