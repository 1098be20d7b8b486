package dev.holdfast.huawei;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.credential.CachingCredentialSource;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialSource;
import dev.holdfast.core.credential.Secret;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.outcome.CredentialException;
import dev.holdfast.core.outcome.ServiceException;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.ServiceClient;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class CredentialSourcesTest {
    private static final Decision REFUSED = HuaweiMetadata.SERVICE.decide(ResponseView.of(401));
    private static final String KEY =
            "{\"credential\":{\"access\":\"AK1\",\"secret\":\"S3CRET\",\"securitytoken\":\"T0KEN\",\"expires_at\":\"%s\"}}";

    private final MockWebServer server = new MockWebServer();
    private final OkHttpClient client = new OkHttpClient();
    private ServiceClient serviceClient;

    @BeforeEach
    void start() throws Exception {
        server.start();
        serviceClient = HoldfastOkHttp.serviceClient(
                client,
                Holdfast.builder(HuaweiMetadata.SERVICE)
                        .endpoint(server.url("/").uri())
                        .maxAttempts(1)
                        .build());
    }

    @AfterEach
    void stop() {
        server.close();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    private void answer(int status, String body, String... headers) {
        MockResponse.Builder response = new MockResponse.Builder().code(status).body(body);
        for (int i = 0; i < headers.length; i += 2) {
            response.setHeader(headers[i], headers[i + 1]);
        }
        server.enqueue(response.build());
    }

    private static Credential now(CredentialSource source) throws Exception {
        return source.current().get(10, TimeUnit.SECONDS);
    }

    private static String applied(CredentialSource source, Credential credential) {
        AttemptView view = new AttemptView("GET", URI.create("http://169.254.169.254/"), Map.of(), "");
        source.apply(credential, view);
        return view.header("X-Metadata-Token");
    }

    @Test
    void aTokenIsTheBodysText() throws Exception {
        answer(200, "MDAwMDAwMDA=\n");
        CachingCredentialSource source = HuaweiMetadata.tokens(serviceClient)
                .lifetime(Duration.ofSeconds(60))
                .build();
        Credential token = now(source);
        assertThat(token.lifetime()).isEqualTo(Duration.ofSeconds(60));
        assertThat(applied(source, token)).isEqualTo("MDAwMDAwMDA=");
        RecordedRequest put = server.takeRequest();
        assertThat(put.getMethod()).isEqualTo("PUT");
        assertThat(put.getTarget()).isEqualTo("/meta-data/latest/api/token");
        assertThat(put.getHeaders().get("X-Metadata-Token-Ttl-Seconds")).isEqualTo("60");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"token\":\"S3CRET\"}", "<html>S3CRET</html>", "S3CRET\r\nX-Evil: 1", "S3CRET\u00fc"})
    void whatIsNoTokenIsNotShown(String body) {
        answer(200, body);
        assertThatThrownBy(() -> now(HuaweiMetadata.tokens(serviceClient).build()))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(CredentialException.class)
                .hasMessageContaining("without a usable token")
                .hasMessageNotContaining("S3CRET");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405, 503, 400})
    void absenceIsAnErrorUnlessTolerated(int status) {
        answer(status, "");
        assertThatThrownBy(() -> now(HuaweiMetadata.tokens(serviceClient).build()))
                .cause()
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.status()).isEqualTo(status));
    }

    @Test
    void toleratedAbsenceIsUndoneAtTheFirstRefusal() throws Exception {
        answer(404, "");
        CachingCredentialSource source =
                HuaweiMetadata.tokens(serviceClient).toleratingAbsence().build();
        Credential none = now(source);
        assertThat(applied(source, none)).isNull();
        answer(404, "");
        assertThatThrownBy(() -> source.refresh(none, REFUSED).get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(ServiceException.class);
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void whoHasHadATokenNeverGoesWithout() throws Exception {
        answer(200, "first");
        CachingCredentialSource source =
                HuaweiMetadata.tokens(serviceClient).toleratingAbsence().build();
        Credential first = now(source);
        answer(404, "");
        assertThatThrownBy(() -> source.refresh(first, REFUSED).get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(ServiceException.class);
    }

    @Test
    void otherStatusesMeanAbsenceIfTheCallerSaysSo() throws Exception {
        answer(503, "");
        CachingCredentialSource source =
                HuaweiMetadata.tokens(serviceClient).toleratingAbsence(503, 400).build();
        assertThat(applied(source, now(source))).isNull();
    }

    @Test
    void aProxysPageIsNoAbsence() {
        answer(404, "<html><head><title>ERROR</title></head><body>no</body></html>", "Via", "1.1 proxy (squid/5.7)");
        assertThatThrownBy(() -> now(
                        HuaweiMetadata.tokens(serviceClient).toleratingAbsence().build()))
                .cause()
                .isInstanceOf(ServiceException.class);
    }

    @Test
    void aKeyLivesByTheServersClock() throws Exception {
        answer(200, KEY.formatted("2031-01-08T03:50:07.574000Z"), "Date", "Wed, 08 Jan 2031 02:50:07 GMT");
        Credential key = now(HuaweiMetadata.securityKeys(serviceClient).build());
        assertThat(key.id()).isEqualTo("AK1");
        assertThat(key.secret()).isEqualTo(Secret.of("S3CRET"));
        assertThat(key.sessionToken()).isEqualTo(Secret.of("T0KEN"));
        assertThat(key.lifetime()).isEqualTo(Duration.ofHours(1).plusMillis(574));
        assertThat(server.takeRequest().getTarget()).isEqualTo("/openstack/latest/securitykey");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "S3CRET",
                "{\"credential\":{\"access\":\"AK1\",\"secret\":\"S3CRET\",\"securitytoken\":\"T0KEN\"}}",
                "{\"credential\":{\"access\":\"AK1\",\"secret\":\"S3CRET\",\"securitytoken\":\"T0KEN\",\"expires_at\":\"S3CRET\"}}",
                "{\"credential\":{\"access\":\"AK1\",\"secret\":\"S3CRET\",\"expires_at\":\"2031-01-08T03:50:07Z\"}}",
                "{\"credential\":{\"access\":\"A\\nS3CRET\",\"secret\":\"S3CRET\",\"securitytoken\":\"T0KEN\",\"expires_at\":\"2031-01-08T03:50:07Z\"}}"
            })
    void whatIsNoKeyIsNotShown(String body) {
        answer(200, body);
        assertThatThrownBy(() -> now(HuaweiMetadata.securityKeys(serviceClient).build()))
                .cause()
                .isInstanceOf(CredentialException.class)
                .hasMessageContaining("without a usable key")
                .hasMessageNotContaining("S3CRET")
                .hasMessageNotContaining("T0KEN");
    }

    @Test
    void aServerWithoutAnAgencyHasNoKeys() {
        answer(401, "401 Unauthorized\nPlease configure Cloud Service Agency first");
        assertThatThrownBy(() -> now(HuaweiMetadata.securityKeys(serviceClient).build()))
                .cause()
                .hasMessageContaining("No agency is bound");
    }

    @Test
    void theKeyLockIsReadOffTheDecision() {
        HeaderFields json = HeaderFields.of("Content-Type", "application/json");
        String body =
                "{\"error_msg\":\"Incorrect IAM authentication information: AK access failed to reach the limit,forbidden: AK1\",\"error_code\":\"APIGW.0301\",\"request_id\":\"1\"}";
        assertThat(KeyLock.after(HuaweiIMetal.in("cn-east-3").decide(ResponseView.of(401, json, body))))
                .isEqualTo(Duration.ofMinutes(5));
        assertThat(KeyLock.after(REFUSED)).isNull();
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> HuaweiMetadata.tokens(serviceClient).lifetime(Duration.ofSeconds(59)))
                .hasMessageContaining("PT59S");
        assertThatThrownBy(() -> HuaweiMetadata.tokens(serviceClient).lifetime(Duration.ofHours(7)))
                .hasMessageContaining("PT7H");
        assertThatThrownBy(() -> HuaweiMetadata.tokens(serviceClient).toleratingAbsence(200))
                .hasMessageContaining("200");
        ServiceClient other = HoldfastOkHttp.serviceClient(client, Holdfast.of(HuaweiIMetal.in("cn-east-3")));
        assertThatThrownBy(() -> HuaweiMetadata.securityKeys(other)).hasMessageContaining("huawei/imetal");
    }
}
