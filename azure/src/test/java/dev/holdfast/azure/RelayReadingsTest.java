package dev.holdfast.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a pod identity relay in the place of the metadata service means: its own words under any status, and the status or fault that it passes on. */
class RelayReadingsTest {
    private static final RequestView TOKEN = RequestView.of("GET", "/metadata/identity/oauth2/token");

    private static Decision decide(int status, String text) {
        return AzureImds.SERVICE.decide(
                ResponseView.of(status, HeaderFields.of("Content-Type", "text/plain; charset=utf-8"), text + "\n"),
                TOKEN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403|getting assigned identities for pod default/demo in CREATED state failed after 16 attempts, retry duration [5]s. Error: <nil>|retry|not_ready",
                "404|getting assigned identities for pod a/b in ASSIGNED state failed after 4 attempts, retry duration [5]s. Error: <nil>|retry|not_ready",
                "500|getting assigned identities for pod a/b in CREATED state failed after 1 attempts, retry duration [20]s. Error: x|retry|not_ready",
                "403|failed to acquire a token using the MSI VM extension, Error: Get \"http://169.254.169.254/metadata/identity/oauth2/token\": context deadline exceeded|retry|unavailable",
                "403|Get \"http://169.254.169.254/\": dial tcp 169.254.169.254:80: i/o timeout|retry|unavailable",
                "400|Post \"https://login.microsoftonline.com/\": read tcp: connection reset by peer|retry|unavailable",
                "403|adal: Refresh request failed. Status Code = '429'. Response body: x|retry|throttled",
                "403|adal: Refresh request failed. Status Code = '400'. Response body: x|fail|invalid_request",
                "403|adal: Refresh request failed. Status Code = '503'. Response body: x|retry|unavailable",
                "403|StatusCode=410 -- Original Error: adal|retry|updating",
                "500|StatusCode=403 -- Original Error: adal|fail|forbidden",
                "403|pod a/b is not allowed to use identity c|fail|forbidden",
                "403|no words that are known|fail|forbidden"
            })
    void itsSentenceDecides(int status, String text, String verdict, String kind) {
        Decision decision = decide(status, text);
        assertThat(decision.verdict().id()).as("%s", decision).isEqualTo(verdict);
        assertThat(decision.kind().id()).as("%s", decision).isEqualTo(kind);
    }
}
