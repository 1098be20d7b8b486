package dev.holdfast.alibaba;

import static dev.holdfast.alibaba.SeedRow.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.service.Service;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlibabaMetadataTest {
    private static final Service SERVICE = AlibabaMetadata.SERVICE;
    private static final String ROLE = "/latest/meta-data/ram/security-credentials/web";
    private static final String KEYS =
            "{\"AccessKeyId\":\"STS.abc\",\"AccessKeySecret\":\"s3cret\",\"SecurityToken\":\"t0ken\",\"Code\":\"%s\"}";

    /** The page as aliyun/aliyun-cli#525 shows it. */
    private static String page(String title) {
        return "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" "
                + "\"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">\n<html xmlns=\"http://www.w3.org/1999/xhtml\">"
                + "<head><title>" + title + "</title></head><body><h1>" + title + "</h1></body></html>";
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /latest/api/token, token",
        "GET, /latest/api/token, metadata",
        "GET, /latest/meta-data/ram/security-credentials/, credentials",
        "GET, /2016-01-01/meta-data/RAM/security-credentials/web, credentials",
        "GET, /latest/user-data, metadata",
        "GET, /, metadata",
        "POST, /latest/user-data, other"
    })
    void requestsAreSorted(String method, String path, String operation) {
        assertThat(SERVICE.operation(RequestView.of(method, path)).id()).isEqualTo(operation);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /latest/api/token, 400 - Missing or Invalid Parameters, token-bad-ttl",
        "PUT, /latest/api/token, 403 - Forbidden, token-forbidden",
        "PUT, /latest/api/token, 404 - Not Found, token-not-found",
        "GET, /latest/user-data, 400 - Missing or Invalid Parameters, get-bad-parameters",
        "GET, /latest/user-data, 401 - Unauthorized, get-unauthorized",
        "GET, /latest/user-data, 403 - Forbidden, get-forbidden",
        "GET, /latest/user-data, 404 - Not Found, metadata-not-found",
        "GET, /latest/meta-data/ram/security-credentials/web, 404 - Not Found, credentials-not-found"
    })
    void pageAndTextSayTheSame(String method, String path, String sentence, String rule) {
        int status = Integer.parseInt(sentence.substring(0, 3));
        for (String body : new String[] {page(sentence), sentence, sentence.toUpperCase(Locale.ROOT) + " \n"}) {
            Decision decision = SERVICE.decide(answer(status, "text/html", body), RequestView.of(method, path));

            assertThat(decision.rule()).isEqualTo("alibaba/metadata/" + rule);
            assertThat(decision.error().message()).isEqualToIgnoringCase(sentence);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /latest/api/token, 400, fail",
        "PUT, /latest/api/token, 401, fail",
        "PUT, /latest/api/token, 403, fail",
        "PUT, /latest/api/token, 405, fail",
        "PUT, /latest/api/token, 429, retry",
        "PUT, /latest/api/token, 500, retry",
        "GET, /latest/user-data, 400, fail",
        "GET, /latest/user-data, 401, reauthenticate",
        "GET, /latest/user-data, 403, reauthenticate",
        "GET, /latest/user-data, 404, fail",
        "GET, /latest/user-data, 405, fail",
        "GET, /latest/user-data, 408, retry",
        "GET, /latest/user-data, 418, fail",
        "GET, /latest/user-data, 429, retry",
        "GET, /latest/user-data, 501, fail",
        "GET, /latest/user-data, 503, retry",
        "GET, /latest/user-data, 505, fail",
        "GET, /latest/user-data, 599, retry"
    })
    void theStatusAloneDecides(String method, String path, int status, String verdict) {
        Decision decision = SERVICE.decide(answer(status, "text/plain", ""), RequestView.of(method, path));

        assertThat(decision.verdict().id()).isEqualTo(verdict);
        assertThat(decision.rule()).startsWith("alibaba/metadata/");
    }

    @ParameterizedTest
    @CsvSource({
        "Server, EC2ws, other-cloud",
        "Server, IMDS/150.870.65.1854, other-cloud",
        "Metadata-Flavor, Google, other-cloud",
        "Via, 1.1 squid, proxy",
        "X-Squid-Error, ERR_ACCESS_DENIED 0, proxy"
    })
    void aStrangersRefusalRenewsNothing(String header, String value, String finding) {
        Decision decision = SERVICE.decide(
                answer(401, "text/plain", "", header, value), RequestView.of("GET", "/latest/user-data"));

        assertThat(decision.verdict().id()).isEqualTo("fail");
        assertThat(decision.rule()).isEqualTo("alibaba/metadata/foreign-" + finding);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 502})
    void aProxyThatIsBusyMayPass(int status) {
        Decision decision = SERVICE.decide(
                answer(status, "text/plain", "", "Via", "1.1 squid"), RequestView.of("GET", "/latest/user-data"));

        assertThat(decision.rule()).isEqualTo("alibaba/metadata/foreign-proxy");
        assertThat(decision.isRetry()).isTrue();
    }

    @Test
    void aPageWithAnotherTitleIsAProxys() {
        Decision decision = SERVICE.decide(
                answer(403, "text/html", page("Access blocked by policy")), RequestView.of("GET", "/latest/user-data"));

        assertThat(decision.rule()).isEqualTo("alibaba/metadata/foreign-proxy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Failed", "InvalidRole", "success"})
    void aDocumentWithoutSuccessIsAFailure(String code) {
        Decision decision = SERVICE.inspect(
                        answer(200, "application/json", String.format(KEYS, code)), RequestView.of("GET", ROLE))
                .orElseThrow();

        assertThat(decision.rule()).isEqualTo("alibaba/metadata/credentials-code-not-success");
        assertThat(decision.error().code()).isEqualTo(code);
        assertThat(decision.toString()).doesNotContain("STS.abc", "s3cret", "t0ken");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"Code\":\"Success\",\"AccessKeyId\":\"STS.abc\"} | credentials-incomplete",
                "{} | credentials-incomplete",
                "{\"Code\":\"Success\",\"AccessKeyId\":\"a\",\"AccessKeySecret\":\"\",\"SecurityToken\":\"t\"} | credentials-incomplete"
            })
    void aDocumentWithoutKeysIsAFailure(String body, String rule) {
        Decision decision = SERVICE.inspect(answer(200, "application/json", body), RequestView.of("GET", ROLE))
                .orElseThrow();

        assertThat(decision.rule()).isEqualTo("alibaba/metadata/" + rule);
    }

    @Test
    void whatIsASuccessIsLeftAlone() {
        String document = String.format(KEYS, "Success");

        assertThat(SERVICE.inspect(answer(200, "text/plain", document), RequestView.of("GET", ROLE)))
                .isEmpty();
        assertThat(SERVICE.inspect(answer(200, "text/plain", "web\nbatch"), RequestView.of("GET", ROLE)))
                .isEmpty();
        assertThat(SERVICE.inspect(
                        answer(200, "text/plain", String.format(KEYS, "Failed")),
                        RequestView.of("GET", "/latest/user-data")))
                .isEmpty();
    }

    @Test
    void aDocumentWithoutSuccessIsAskedForAgain() throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            server.start();
            server.enqueue(new MockResponse(200, okhttp3.Headers.of(), String.format(KEYS, "Failed")));
            server.enqueue(new MockResponse(200, okhttp3.Headers.of(), String.format(KEYS, "Success")));
            Holdfast holdfast = Holdfast.builder(SERVICE)
                    .endpoint(URI.create("http://" + server.getHostName() + ":" + server.getPort()))
                    .backoff(Pace.TRANSIENT, Backoff.fixed(Duration.ofMillis(1)))
                    .build();
            Request request = new Request.Builder()
                    .url(server.url(ROLE))
                    .header("X-Forwarded-For", "10.0.0.1")
                    .build();

            try (Response response = HoldfastOkHttp.wrap(new OkHttpClient(), holdfast)
                    .newCall(request)
                    .execute()) {
                assertThat(response.body().string()).contains("\"Success\"");
                Outcome outcome = HoldfastOkHttp.outcomeOf(response);
                assertThat(outcome.succeeded()).isTrue();
                assertThat(outcome.attempts()).hasSize(2);
            }
            assertThat(server.takeRequest().getHeaders().get("X-Forwarded-For")).isNull();
        }
    }

    /** The bounds that the Javadoc names. */
    @Test
    void presetsWaitAsDocumented() {
        assertThat(SERVICE.policy().backoff(Pace.TRANSIENT).range(2))
                .isEqualTo(new Backoff.Range(Duration.ofSeconds(2), Duration.ofSeconds(4)));
        assertThat(AlibabaMetadata.boot().build().policy().backoff(Pace.STARTUP).range(3))
                .isEqualTo(new Backoff.Range(Duration.ofMillis(2500), Duration.ofSeconds(5)));
        assertThat(AlibabaMetadata.background()
                        .build()
                        .policy()
                        .backoff(Pace.THROTTLE)
                        .range(4))
                .isEqualTo(new Backoff.Range(Duration.ofSeconds(30), Duration.ofSeconds(60)));
        assertThat(AlibabaMetadata.interactive().build().policy().maxAttempts()).isEqualTo(3);
        assertThat(AlibabaMetadata.boot().build().policy().patience(Pace.STARTUP))
                .hasSeconds(240);
    }
}
