package dev.holdfast.azure;

import static dev.holdfast.azure.InspectorRow.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.response.ServiceError.Further;
import dev.holdfast.core.service.Service;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArmErrorsTest {
    private static final Service SERVICE = AzureVmInspector.SERVICE;

    /** The sample of Azure docs, troubleshooting-throttling-errors. */
    private static final String THROTTLED =
            "{\"code\":\"OperationNotAllowed\",\"message\":\"The server rejected the request "
                    + "because too many requests have been received for this subscription.\",\"details\":[{\"code\":\"TooManyRequests\","
                    + "\"target\":\"HighCostGet30Min\",\"message\":\"{\\\"operationGroup\\\":\\\"HighCostGet30Min\\\","
                    + "\\\"startTime\\\":\\\"2018-06-29T19:54:21+00:00\\\",\\\"allowedRequestCount\\\":800}\"}]}";

    @Test
    void theDetailOfAThrottleDecides() {
        Decision decision = SERVICE.decide(answer(429, THROTTLED, "Retry-After", "12"));

        assertThat(decision.rule()).isEqualTo("azure/vm-inspector/arm-too-many-requests");
        assertThat(decision.retryAfter()).contains(Duration.ofSeconds(12));
        ServiceError error = decision.error();
        assertThat(error.message()).startsWith("The server rejected the request");
        assertThat(error.target()).isEqualTo("HighCostGet30Min");
        assertThat(error.further()).extracting(Further::code).containsExactly("OperationNotAllowed", "TooManyRequests");
        assertThat(error.further().get(1).message()).contains("allowedRequestCount");
    }

    @Test
    void anyOtherOuterCodeDecidesItself() {
        ServiceError error = ArmErrors.parse(answer(
                429,
                "{\"error\":{\"code\":\"RetryableError\",\"message\":\"m\",\"details\":[{\"code\":\"ReferencedResourceNotProvisioned\","
                        + "\"message\":\"d\",\"target\":\"nic\"}],\"innerError\":{\"code\":\"Inner\",\"innererror\":"
                        + "{\"exceptiontype\":\"System.X\",\"errordetail\":\"boom\"}}}}"));

        assertThat(error.code()).isEqualTo("RetryableError");
        assertThat(error.further())
                .containsExactly(
                        new Further("ReferencedResourceNotProvisioned", "d", "nic"),
                        new Further("Inner", null, null),
                        new Further(null, "System.X: boom", null));
    }

    @Test
    void aDetailMayHoldAnErrorInAString() {
        Decision decision = SERVICE.decide(
                answer(
                        409,
                        "{\"error\":{\"code\":\"Conflict\",\"message\":\"outer\",\"details\":[{\"code\":\"Conflict\",\"message\":"
                                + "\"{\\\"error\\\":{\\\"code\\\":\\\"AnotherOperationInProgress\\\",\\\"message\\\":\\\"inner\\\"}}\"}]}}"));

        assertThat(decision.rule()).isEqualTo("azure/vm-inspector/arm-another-operation");
        assertThat(decision.error().message()).isEqualTo("inner");
        assertThat(decision.error().further()).containsExactly(new Further("Conflict", "outer", null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"statusCode\":429,\"message\":\"Rate limit is exceeded.\"} | | Rate limit is exceeded.",
                "{\"error\":\"invalid_token\",\"error_description\":\"Expired.\"} | invalid_token | Expired.",
                "{\"error\":\"Something broke\"} | | Something broke",
                "<Error><Code>AuthFailed</Code><Message>No.</Message></Error> | AuthFailed | No.",
                "<html><title>502 Bad Gateway</title></html> | | 502 Bad Gateway",
                "\"only a string\" | | only a string",
                "plain words | | plain words",
                "{} | | ",
                "[1] | | ",
                "{\"error\":{\"code\":\"Cut\",\"message\":\"off | Cut | "
            })
    void readsEveryShape(String body, String code, String message) {
        ServiceError error = ArmErrors.parse(answer(502, body));

        assertThat(error.code()).isEqualTo(code);
        assertThat(error.message()).isEqualTo(message);
    }

    @Test
    void theUsedUpLimitIsTheTarget() {
        ServiceError error = ArmErrors.parse(answer(
                429,
                "{\"error\":{\"code\":\"OperationNotAllowed\",\"message\":\"m\"}}",
                "x-ms-ratelimit-remaining-resource",
                "Microsoft.Compute/HighCostGet3Min;46,Microsoft.Compute/HighCostGet30Min;0"));

        assertThat(error.target()).isEqualTo("Microsoft.Compute/HighCostGet30Min");
    }

    @Test
    void requestIdsStandInTheOrderOfTheirWorth() {
        Decision decision = SERVICE.decide(answer(
                500,
                "{\"error\":{\"code\":\"InternalServerError\"}}",
                "x-ms-failure-cause",
                "service",
                "x-ms-routing-request-id",
                "WESTUS:r",
                "X-Ms-Correlation-Request-Id",
                "c",
                "x-ms-request-id",
                "i"));

        assertThat(decision.error().requestIds().toString())
                .isEqualTo("{x-ms-request-id=i, x-ms-correlation-request-id=c, x-ms-routing-request-id=WESTUS:r, "
                        + "x-ms-failure-cause=service}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "retrieving https://a.blob.core.windows.net/c/b.zip?sp=rw&sig=S3cret%2Bx%3D&se=2026",
                "retrieving https%3A%2F%2Fa%3Fsp%3Drw%26sig%3DS3cret",
                "token eyJhbGciOiJIUzI1NiJ9.eyJvaWQiOiJTM2NyZXQi.S3cret is bad"
            })
    void noSecretLeavesTheParser(String message) {
        String code =
                "{\"error\":{\"code\":\"X\",\"message\":\"%s\",\"details\":[{\"message\":\"%s\"}],\"innererror\":{\"errordetail\":\"%s\"}}}";

        assertThat(SERVICE.decide(answer(400, code.replace("%s", message))).toString())
                .doesNotContain("S3cret", "eyJ");
        assertThat(SERVICE.decide(answer(400, message)).toString()).doesNotContain("S3cret", "eyJ");
    }

    /** A proxy's 401 must not cost a token. */
    @Test
    void aPageThatRefusesIsSomebodyElses() {
        String page = "<!DOCTYPE html><html><head><title>Sign in</title></head></html>";

        assertThat(SERVICE.decide(answer(401, page)).rule()).isEqualTo("azure/vm-inspector/foreign-web-page");
        assertThat(SERVICE.decide(answer(401, page, "x-ms-request-id", "1")).rule())
                .isEqualTo("azure/vm-inspector/status-401");
        assertThat(SERVICE.decide(answer(503, page)).rule()).isEqualTo("azure/vm-inspector/status-503");
    }
}
