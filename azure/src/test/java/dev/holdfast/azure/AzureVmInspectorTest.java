package dev.holdfast.azure;

import static dev.holdfast.azure.InspectorRow.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Service;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AzureVmInspectorTest {
    private static final Service SERVICE = AzureVmInspector.SERVICE;
    private static final String LOCATION = "/subscriptions/88fd8cb2/providers/Microsoft.Compute/locations/eastus";
    private static final String RESULT = LOCATION + "/diagnosticOperations/57b891ab";

    @ParameterizedTest
    @CsvSource({
        "POST, /diagnostics/diskInspection/run, run, IF_NOT_PROCESSED, write",
        "POST, /diagnostics/diskinspection/RUN, run, IF_NOT_PROCESSED, write",
        "GET, /diagnosticOperations/57b891ab, operation, ALWAYS, read",
        "POST, /diagnostics/diskInspection/registerStorageConfiguration, register, ALWAYS, write",
        "POST, /diagnostics/diskInspection/validateStorageConfiguration, validate, ALWAYS, write",
        "GET, /diagnostics, list, ALWAYS, read",
        "GET, /diagnostics/diskInspection, list, ALWAYS, read",
        "POST, /diagnostics/spotPlacementRecommender/generate, other, IF_NOT_PROCESSED, default"
    })
    void requestsAreSorted(String method, String path, String id, RetrySafety retrySafety, String category) {
        Operation operation =
                SERVICE.operation(RequestView.of(method, LOCATION + path + "?api-version=2024-03-01-preview"));

        assertThat(operation.id()).isEqualTo(id);
        assertThat(operation.retrySafety()).isEqualTo(retrySafety);
        assertThat(operation.category()).isEqualTo(category);
    }

    @Test
    void theTokenGoesWhereLocationPointsAndNowhereElse() {
        assertThat(SERVICE.allows("management.azure.com")).isTrue();
        assertThat(SERVICE.allows("westcentralus.diagnostic.compute.azure.com")).isTrue();
        assertThat(SERVICE.allows("diagnostic.compute.azure.com.evil.example")).isFalse();
        assertThat(SERVICE.allows("evildiagnostic.compute.azure.com")).isFalse();
    }

    /** The names of IMDS and of the Azure CLI, in any case. */
    @ParameterizedTest
    @CsvSource({
        "AzurePublicCloud, https://management.azure.com",
        "azurecloud, https://management.azure.com",
        "AzureUSGovernmentCloud, https://management.usgovcloudapi.net",
        "AzureUSGovernment, https://management.usgovcloudapi.net",
        "AZURECHINACLOUD, https://management.chinacloudapi.cn"
    })
    void eachCloudHasItsOrigins(String cloud, String manager) {
        Service service = AzureVmInspector.in(cloud);
        assertThat(service.id()).isEqualTo(SERVICE.id());
        assertThat(service.baseUrl()).hasToString(manager);
        boolean isPublic = manager.endsWith("azure.com");
        assertThat(service.allows("westus.diagnostic.compute.azure.com")).isEqualTo(isPublic);
        assertThat(service.allows("management.azure.com")).isEqualTo(isPublic);
        assertThat(service.decide(answer(429, "")).rule())
                .isEqualTo(SERVICE.decide(answer(429, "")).rule());
    }

    @ParameterizedTest
    @CsvSource({
        "AzureGermanCloud, was closed in 2021",
        "AzureStackCloud, 'must be AzurePublicCloud, AzureUSGovernmentCloud or AzureChinaCloud'",
        "westeurope, 'but is \"westeurope\"'",
        "'', must be AzurePublicCloud"
    })
    void aCloudThatIsNoneIsRefusedWithWhatToUse(String cloud, String sentence) {
        assertThatThrownBy(() -> AzureVmInspector.in(cloud))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence)
                .hasMessageEndingWith("endpoint(URI) with its Resource Manager");
    }

    @ParameterizedTest
    @CsvSource({
        "400, fail, invalid_request", "401, reauthenticate, unauthenticated", "403, fail, forbidden",
                "404, fail, not_found",
        "405, fail, unsupported", "407, fail, intermediary", "408, retry, unavailable", "409, fail, conflict",
        "410, fail, not_found", "418, fail, invalid_request", "429, retry, throttled", "500, retry, unavailable",
        "501, fail, unsupported", "502, retry, unavailable", "503, retry, unavailable", "504, retry, unavailable",
        "505, fail, unsupported", "599, retry, unavailable", "302, fail, intermediary"
    })
    void theStatusAloneDecides(int status, String verdict, String kind) {
        Decision decision = SERVICE.decide(answer(status, ""));

        assertThat(decision.verdict().id()).isEqualTo(verdict);
        assertThat(decision.kind().id()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Retry-After | 17 | m | PT17S",
                "Retry-After | 3600 | m | PT1H",
                "Retry-After | 120000 | m | PT2M",
                "Retry-After | 99999999999999999999 | m | P36500D",
                "retry-after-ms | 7200000 | m | PT2H",
                "X-Other | 1 | Please try again after '7' seconds. | PT7S",
                "X-Other | 1 | Please try again after '0' seconds. | PT1S",
                "X-Other | 1 | The call can be retried in 3 seconds. | PT3S",
                "X-Other | 1 | Please retry after 2 minutes. | PT2M",
                "Retry-After | 5 | Please try again after '7' seconds. | PT5S",
                "X-Other | 1 | Please retry the request after some time. | "
            })
    void hints(String name, String value, String message, Duration retryAfter) {
        Decision decision = SERVICE.decide(
                answer(429, "{\"error\":{\"code\":\"TooManyRequests\",\"message\":\"" + message + "\"}}", name, value));

        assertThat(decision.retryAfter()).isEqualTo(Optional.ofNullable(retryAfter));
    }

    @Test
    void aDateIsNeverReadAsMilliseconds() {
        Decision decision = SERVICE.decide(answer(
                503, "", "Date", "Sat, 21 Nov 2026 10:00:00 GMT", "Retry-After", "Sat, 21 Nov 2026 12:00:00 GMT"));

        assertThat(decision.retryAfter()).contains(Duration.ofHours(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"resultStatus\":\"Failed\",\"errorDetail\":{\"code\":\"NewCode\",\"message\":\"m\"}} | result-failed",
                "200 | {\"resultStatus\":\"failed\",\"message\":\"m\",\"errorDetail\":null} | result-failed-without-code",
                "200 | {\"result\":\"Failed\"} | result-failed-without-code",
                "200 | {\"ResultStatus\":\"Failed\",\"ErrorDetail\":{\"Code\":\"InternalServerError\"}} | result-internal",
                "200 | {\"resultStatus\":\"Success\",\"errorDetail\":null} | ",
                "200 | {\"properties\":{}} | ",
                "200 | Failed | ",
                "202 | {\"resultStatus\":\"Failed\"} | "
            })
    void aFinishedInspectionIsLookedInto(int status, String body, String rule) {
        Decision decision = SERVICE.inspect(answer(status, body), RequestView.of("GET", RESULT))
                .orElse(null);

        assertThat(decision == null ? null : decision.rule())
                .isEqualTo(rule == null ? null : "azure/vm-inspector/" + rule);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 504})
    void anInspectionIsStartedAgainOnlyWhereNoneWasStarted(int status) throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            server.start();
            server.enqueue(new MockResponse(
                    status,
                    Headers.of("retry-after-ms", "1"),
                    "{\"error\":{\"code\":\"TooManyRequests\",\"message\":\"m\"}}"));
            server.enqueue(new MockResponse(202, Headers.of(), ""));

            try (Response response = call(server, LOCATION + "/diagnostics/diskInspection/run", "POST")) {
                assertThat(response.code()).isEqualTo(status == 429 ? 202 : 504);
            }
            assertThat(server.getRequestCount()).isEqualTo(status == 429 ? 2 : 1);
        }
    }

    @Test
    void aFailedInspectionIsHandedOutWithItsBodyAfterOneRequest() throws Exception {
        String body =
                "{\"resultStatus\":\"Failed\",\"errorDetail\":{\"code\":\"DiskInspectInternalServerError\",\"message\":\"m\"}}";
        try (MockWebServer server = new MockWebServer()) {
            server.start();
            server.enqueue(new MockResponse(200, Headers.of(), body));

            try (Response response = call(server, RESULT, "GET")) {
                Outcome outcome = HoldfastOkHttp.outcomeOf(response);
                assertThat(outcome.succeeded()).isFalse();
                assertThat(outcome.attempts()).hasSize(1);
                assertThat(outcome.attempts().get(0).decision().rule())
                        .isEqualTo("azure/vm-inspector/result-internal-inspection");
                assertThat(response.body().string()).isEqualTo(body);
            }
        }
    }

    private static Response call(MockWebServer server, String path, String method) throws Exception {
        Holdfast holdfast = Holdfast.builder(SERVICE)
                .endpoint(URI.create("http://" + server.getHostName() + ":" + server.getPort()))
                .build();
        Request request = new Request.Builder()
                .url(server.url(path))
                .method(method, method.equals("POST") ? okhttp3.RequestBody.create(new byte[] {'{', '}'}) : null)
                .build();
        return HoldfastOkHttp.wrap(new OkHttpClient(), holdfast)
                .newCall(request)
                .execute();
    }

    /** The bounds that the Javadoc names. */
    @Test
    void presetsWaitAsDocumented() {
        assertThat(SERVICE.policy().backoff(Pace.THROTTLE).range(2))
                .isEqualTo(new Backoff.Range(Duration.ofSeconds(4), Duration.ofSeconds(8)));
        assertThat(AzureVmInspector.background()
                        .build()
                        .policy()
                        .backoff(Pace.TRANSIENT)
                        .range(4))
                .isEqualTo(new Backoff.Range(Duration.ofSeconds(30), Duration.ofSeconds(60)));
        assertThat(AzureVmInspector.background().build().policy().maxRetryAfter())
                .hasMinutes(25);
        assertThat(AzureVmInspector.interactive().build().policy().deadline()).hasSeconds(30);
    }

    /** Law 16: a throttle of one subscription, or of one principal, is none of another's. */
    @Test
    void aThrottleHoldsForSubscriptionAndPrincipal() {
        RequestView one = RequestView.of("GET", "/subscriptions/AAAA/providers/Microsoft.Compute/x?api-version=1");
        String scope = SERVICE.throttleScope(one, "p");
        assertThat(SERVICE.throttleScope(RequestView.of("POST", "/Subscriptions/aaaa/y"), "p"))
                .isEqualTo(scope);
        assertThat(SERVICE.throttleScope(RequestView.of("GET", "/subscriptions/bbbb/x"), "p"))
                .isNotEqualTo(scope);
        assertThat(SERVICE.throttleScope(one, "q")).isNotEqualTo(scope);
        assertThat(AzureImds.SERVICE.throttleScope(one, "q"))
                .as("link-local: the VM")
                .isEmpty();
    }
}
