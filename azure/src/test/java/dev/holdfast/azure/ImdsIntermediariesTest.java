package dev.holdfast.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Responses of others in the place of the metadata service. */
class ImdsIntermediariesTest {
    private static Decision decide(int status, HeaderFields headers, String body) {
        return AzureImds.SERVICE.decide(
                ResponseView.of(status, headers, body), RequestView.of("GET", "/metadata/instance"));
    }

    @ParameterizedTest
    @CsvSource({
        "403, fail",
        "404, fail",
        "407, fail",
        "408, retry",
        "425, retry",
        "429, retry",
        "502, retry",
        "503, retry"
    })
    void theStatusTellsWhetherAProxyPasses(int status, String verdict) {
        Decision page = decide(
                status, HeaderFields.of("Content-Type", "text/html"), "<html><head><title>Squid</title></head></html>");
        Decision named = decide(status, HeaderFields.of("Via", "1.1 squid"), "");

        for (Decision decision : new Decision[] {page, named}) {
            assertThat(decision.rule()).isEqualTo("azure/imds/foreign-proxy");
            assertThat(decision.kind()).isEqualTo(ErrorKind.INTERMEDIARY);
            assertThat(decision.verdict().id()).as("%d", status).isEqualTo(verdict);
        }
    }
}
