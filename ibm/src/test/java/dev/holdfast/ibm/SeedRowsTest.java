package dev.holdfast.ibm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Decision;
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
    record Seed(int status, String code, String message, String verdict) {
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
                    .map(c -> new Seed(Integer.parseInt(c[2]), c[3], c[4], c[6]));
        }
    }

    @Test
    void allRowsAreHere() throws IOException {
        assertThat(rows()).hasSize(12);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void asDocumented(Seed row) {
        check(row, VendorSentence.filled(row.message, "zone-7"), false);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void inOtherCaseBlanksAndDots(Seed row) {
        String message = VendorSentence.filled(row.message, "zone-7");
        check(row, "  " + message.toUpperCase(Locale.ROOT).replace(" ", "  ") + " . ", false);
        check(row, message.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "").replace("`", "\""), false);
    }

    /** All rows of each of these pairs of status and code agree, so an unknown sentence changes nothing. */
    @ParameterizedTest
    @MethodSource("rows")
    void withASentenceNobodyKnows(Seed row) {
        check(row, "The moon is in the seventh house", true);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void withACodeNobodyKnowsTheStatusDecides(Seed row) {
        Decision decision = IbmVpcMetadata.SERVICE.decide(
                VpcBody.answer(row.status, "brand_new", "Something new"), VpcBody.REQUESTS.get("metadata"));
        assertThat(decision.rule()).startsWith("ibm/vpc-metadata/status-" + row.status);
    }

    private static void check(Seed row, String message, boolean fallback) {
        for (String operation : new String[] {"metadata", "iam-token", "certificate"}) {
            Decision decision = IbmVpcMetadata.SERVICE.decide(
                    VpcBody.answer(row.status, row.code, message), VpcBody.REQUESTS.get(operation));
            assertThat(decision.verdict().id()).as(decision.rule()).isEqualTo(row.verdict);
            assertThat(decision.rule()).doesNotContain("/status-");
            assertThat(decision.source()).isNotBlank();
        }
        Decision decision = IbmVpcMetadata.SERVICE.decide(VpcBody.answer(row.status, row.code, message));
        assertThat(decision.verdict().id()).as(decision.rule()).isEqualTo(row.verdict);
        assertThat(decision.rule().contains("@") && !fallback).isFalse();
    }
}
