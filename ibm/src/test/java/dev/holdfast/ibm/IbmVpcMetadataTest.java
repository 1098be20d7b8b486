package dev.holdfast.ibm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IbmVpcMetadataTest {
    @ParameterizedTest
    @CsvSource({
        "GET, /metadata/v1/instance, metadata",
        "GET, /metadata/v1, metadata",
        "PUT, /instance_identity/v1/token, token",
        "PUT, /identity/v1/token, token",
        "POST, /instance_identity/v1/iam_token, iam-token",
        "POST, /identity/v1/iam_tokens, iam-token",
        "POST, /instance_identity/v1/certificates, certificate",
        "POST, /identity/v1/certificates, certificate",
        "GET, /identity/v1/token, other",
        "GET, /metadata/v10, other",
    })
    void operations(String method, String path, String operation) {
        assertThat(IbmVpcMetadata.SERVICE
                        .operation(RequestView.of(method, path))
                        .id())
                .isEqualTo(operation);
    }

    @ParameterizedTest
    @CsvSource({
        "301, metadata, fail, INTERMEDIARY",
        "400, metadata, fail, INVALID_REQUEST",
        "401, metadata, reauthenticate, UNAUTHENTICATED",
        "401, iam-token, reauthenticate, UNAUTHENTICATED",
        "401, certificate, reauthenticate, UNAUTHENTICATED",
        "401, token, fail, UNAUTHENTICATED",
        "403, metadata, fail, FORBIDDEN",
        "404, metadata, fail, NOT_FOUND",
        "404, iam-token, fail, UNSUPPORTED",
        "405, metadata, fail, UNSUPPORTED",
        "408, metadata, retry, UNAVAILABLE",
        "409, metadata, fail, CONFLICT",
        "422, metadata, fail, INVALID_REQUEST",
        "425, metadata, retry, UNAVAILABLE",
        "429, metadata, retry, THROTTLED",
        "500, metadata, retry, UNAVAILABLE",
        "501, metadata, fail, UNSUPPORTED",
        "502, metadata, retry, UNAVAILABLE",
        "503, metadata, retry, UNAVAILABLE",
        "504, metadata, retry, UNAVAILABLE",
        "505, metadata, fail, UNSUPPORTED",
        "520, metadata, retry, INTERMEDIARY",
        "524, metadata, retry, INTERMEDIARY",
        "599, metadata, retry, UNAVAILABLE",
    })
    void statusDefaults(int status, String operation, String verdict, ErrorKind kind) {
        Decision decision = IbmVpcMetadata.SERVICE.decide(ResponseView.of(status), VpcBody.REQUESTS.get(operation));
        assertThat(decision.verdict().id()).isEqualTo(verdict);
        assertThat(decision.kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "token|{\"access_token\":\"eyJ.a.b\",\"expires_in\":300}|",
                "token|{\"access_token\":\"\"}|empty_access_token",
                "token|{\"access_token\":null,\"trace\":\"t\"}|empty_access_token",
                "token|{\"access_token\":\"two words\"}|empty_access_token",
                "iam-token|{}|empty_access_token",
                "iam-token|<html><title>Login</title></html>|empty_access_token",
                "iam-token|''|empty_access_token",
                "certificate|{}|",
                "metadata|{}|",
            })
    void aTokenCallWithoutATokenIsAFailure(String operation, String body, String code) {
        Decision decision = IbmVpcMetadata.SERVICE
                .inspect(VpcBody.json(200, body), VpcBody.REQUESTS.get(operation))
                .orElse(null);
        if (code == null) {
            assertThat(decision).isNull();
        } else {
            assertThat(decision.error().code()).isEqualTo(code);
            assertThat(decision.verdict()).as("attempts bound it").isEqualTo(Verdict.retry(Pace.TRANSIENT));
        }
    }

    @Test
    void whatASuccessWithoutATokenSaysIsKept() {
        Decision decision = IbmVpcMetadata.SERVICE
                .inspect(VpcBody.answer(200, "invalid_value", "m"), VpcBody.REQUESTS.get("token"))
                .orElseThrow();
        assertThat(decision.error().further().get(0).code()).isEqualTo("invalid_value");
        assertThat(decision.error().requestId()).isEqualTo("e37872f6");
    }

    @Test
    void httpsServesTheNameOnly() {
        assertThat(IbmVpcMetadata.SERVICE.hosts())
                .containsExactlyInAnyOrder("169.254.169.254", "api.metadata.cloud.ibm.com");
        assertThat(IbmVpcMetadata.https().hosts()).containsExactly("api.metadata.cloud.ibm.com");
        assertThat(IbmVpcMetadata.https().baseUrl()).hasToString("https://api.metadata.cloud.ibm.com");
        assertThat(IbmVpcMetadata.https().linkLocal()).isTrue();
    }

    @Test
    void presets() {
        Holdfast boot =
                IbmVpcMetadata.boot().endpoint(IbmVpcMetadata.https().baseUrl()).build();
        Decision unlinked =
                boot.decide(VpcBody.answer(400, "profile_not_linked", "Any words"), VpcBody.REQUESTS.get("iam-token"));
        assertThat(unlinked.pace()).contains(Pace.STARTUP);
        assertThat(boot.decide(new java.net.ConnectException("refused"), null).pace())
                .contains(Pace.STARTUP);
        assertThat(IbmVpcMetadata.interactive().build().policy().patience(Pace.STARTUP))
                .isZero();
        assertThat(IbmVpcMetadata.background().build().policy().deadline()).isEqualTo(Duration.ofMinutes(10));
    }

    /** A login page must not cost a token; the service itself refuses in JSON and names the request. */
    @Test
    void aPageThatRefusesIsSomebodyElses() {
        String page = "<html><title>Sign in</title></html>";
        RequestView request = RequestView.of("GET", "/metadata/v1/instance");
        Decision foreign = IbmVpcMetadata.SERVICE.decide(VpcBody.json(401, page), request);
        assertThat(foreign.rule()).isEqualTo("ibm/vpc-metadata/foreign-web-page");
        assertThat(foreign.verdict()).isEqualTo(Verdict.fail());
        assertThat(IbmVpcMetadata.SERVICE
                        .decide(VpcBody.json(401, page, "X-Request-Id", "1"), request)
                        .rule())
                .isEqualTo("ibm/vpc-metadata/status-401");
    }

    @Test
    void anEmptyTokenIsFetchedAgain() throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            server.enqueue(
                    new MockResponse.Builder().body("{\"access_token\":\"\"}").build());
            server.enqueue(new MockResponse.Builder()
                    .body("{\"access_token\":\"eyJ\"}")
                    .build());
            server.start();
            Holdfast holdfast = Holdfast.builder(IbmVpcMetadata.SERVICE)
                    .endpoint(server.url("/").uri())
                    .backoff(Pace.TRANSIENT, Backoff.fixed(Duration.ZERO))
                    .build();
            Request request = new Request.Builder()
                    .url("http://169.254.169.254/identity/v1/token?version=2025-08-26")
                    .put(RequestBody.create(new byte[] {'{', '}'}))
                    .build();
            try (Response response = HoldfastOkHttp.wrap(new OkHttpClient(), holdfast)
                    .newCall(request)
                    .execute()) {
                assertThat(response.body().string()).contains("eyJ");
            }
            assertThat(server.takeRequest().getHeaders().get("Metadata-Flavor")).isEqualTo("ibm");
            assertThat(server.getRequestCount()).isEqualTo(2);
        }
    }
}
