package dev.holdfast.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.testkit.VendorSentence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the vendor's document gets the verdict that the project's table states. */
class SeedRowsTest {
    record Seed(int status, String code, String message, String verdict, boolean arguable) {
        @Override
        public String toString() {
            return status + " " + code + ": " + message;
        }
    }

    static Stream<Seed> rows() throws IOException {
        try (InputStream in = SeedRowsTest.class.getResourceAsStream("/rows.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split("\t"))
                    .map(c -> new Seed(Integer.parseInt(c[2]), c[3], c[4], c[6], c[7].equals("arguable")));
        }
    }

    @Test
    void allRowsAreHere() throws IOException {
        assertThat(rows()).hasSize(23);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void asDocumentedInEveryShape(Seed row) {
        for (String shape : HuaweiBody.SHAPES) {
            check(row, HuaweiBody.answer(shape, row.status, row.code, rendered(row)), false);
        }
        String xml = "<?xml version=\"1.0\"?><Error><Code>" + row.code + "</Code><Message>" + rendered(row)
                + "</Message><RequestId>r</RequestId></Error>";
        check(row, HuaweiBody.json(row.status, xml), false);
        String inner = "{\"error_code\":\"" + row.code + "\",\"error_msg\":\"" + rendered(row) + "\"}";
        check(row, HuaweiBody.answer(row.status, "Ecs.1000", inner), false);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void inOtherCaseBlanksAndDots(Seed row) {
        String message = rendered(row);
        String loud = "  " + message.toUpperCase(Locale.ROOT).replace(" ", "  ") + " . ";
        check(row, HuaweiBody.answer(row.status, row.code, loud), false);
        check(row, HuaweiBody.answer(row.status, row.code.toLowerCase(Locale.ROOT), "'" + message + "'."), false);
    }

    /** Each of these pairs of status and code has one row, so an unknown sentence changes nothing. */
    @ParameterizedTest
    @MethodSource("rows")
    void withASentenceNobodyKnows(Seed row) {
        check(row, HuaweiBody.answer(row.status, row.code, "The moon is in the seventh house"), true);
    }

    private static String rendered(Seed row) {
        return VendorSentence.filled(row.message, "[0f1e, 2d3c]");
    }

    private static void check(Seed row, ResponseView answer, boolean fallback) {
        for (RequestView request : HuaweiBody.IMETAL_REQUESTS.values()) {
            Decision decision = HuaweiBody.IMETAL.decide(answer, request);
            assertThat(decision.verdict().id()).as(decision.rule()).isEqualTo(row.verdict);
            assertThat(decision.rule().contains("@")).as(decision.rule()).isEqualTo(fallback);
            assertThat(decision.rule()).startsWith("huawei/imetal/").doesNotContain("/status-");
            assertThat(decision.source()).startsWith("seed huawei-imetal.txt");
            assertThat(decision.advice().contains("Arguable:") || fallback).isEqualTo(row.arguable || fallback);
        }
    }
}
