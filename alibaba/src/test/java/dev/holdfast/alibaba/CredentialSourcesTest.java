package dev.holdfast.alibaba;

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
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.ServiceClient;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
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
    private static final Decision REFUSED = AlibabaMetadata.SERVICE.decide(ResponseView.of(401));
    private static final String KEYS =
            "{\"AccessKeyId\":\"STS.abc\",\"AccessKeySecret\":\"S3CRET\",\"Expiration\":\"%s\","
                    + "\"SecurityToken\":\"T0KEN\",\"LastUpdated\":\"2031-01-08T02:50:07Z\",\"Code\":\"Success\"}";

    private final MockWebServer server = new MockWebServer();
    private final OkHttpClient client = new OkHttpClient();
    private ServiceClient serviceClient;

    @BeforeEach
    void start() throws Exception {
        server.start();
        serviceClient = HoldfastOkHttp.serviceClient(
                client,
                Holdfast.builder(AlibabaMetadata.SERVICE)
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
        AttemptView view = new AttemptView("GET", URI.create("http://100.100.100.200/"), Map.of(), "");
        source.apply(credential, view);
        return view.header("X-aliyun-ecs-metadata-token");
    }

    @Test
    void aTokenIsTheBodysText() throws Exception {
        answer(200, "MDAwMDAwMDA=");
        CachingCredentialSource source = AlibabaMetadata.tokens(serviceClient)
                .lifetime(Duration.ofSeconds(1))
                .build();
        Credential token = now(source);
        assertThat(token.lifetime()).isEqualTo(Duration.ofSeconds(1));
        assertThat(applied(source, token)).isEqualTo("MDAwMDAwMDA=");
        RecordedRequest put = server.takeRequest();
        assertThat(put.getMethod()).isEqualTo("PUT");
        assertThat(put.getTarget()).isEqualTo("/latest/api/token");
        assertThat(put.getHeaders().get("X-aliyun-ecs-metadata-token-ttl-seconds"))
                .isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"token\":\"S3CRET\"}", "<html>S3CRET</html>", "S3CRET\r\nX-Evil: 1"})
    void whatIsNoTokenIsNotShown(String body) {
        answer(200, body);
        assertThatThrownBy(() -> now(AlibabaMetadata.tokens(serviceClient).build()))
                .cause()
                .isInstanceOf(CredentialException.class)
                .hasMessageContaining("without a usable token")
                .hasMessageNotContaining("S3CRET");
    }

    @Test
    void toleratedAbsenceIsUndoneAtTheFirstRefusal() throws Exception {
        answer(404, "");
        CachingCredentialSource source =
                AlibabaMetadata.tokens(serviceClient).toleratingAbsence().build();
        Credential none = now(source);
        assertThat(applied(source, none)).isNull();
        answer(404, "");
        assertThatThrownBy(() -> source.refresh(none, REFUSED).get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(ServiceException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 500})
    void aRefusedTokenRequestIsNoAbsence(int status) {
        answer(status, "");
        assertThatThrownBy(() -> now(AlibabaMetadata.tokens(serviceClient)
                        .toleratingAbsence()
                        .build()))
                .cause()
                .isInstanceOf(ServiceException.class);
    }

    @Test
    void theRoleIsAskedForWhereNoneIsNamed() throws Exception {
        answer(200, "web-role\n");
        answer(200, KEYS.formatted("2031-01-08T03:50:07Z"), "Date", "Wed, 08 Jan 2031 02:50:07 GMT");
        Credential keys = now(AlibabaMetadata.roleCredentials(serviceClient).build());
        assertThat(keys.id()).isEqualTo("STS.abc");
        assertThat(keys.secret()).isEqualTo(Secret.of("S3CRET"));
        assertThat(keys.sessionToken()).isEqualTo(Secret.of("T0KEN"));
        assertThat(keys.lifetime()).isEqualTo(Duration.ofHours(1));
        assertThat(server.takeRequest().getTarget()).isEqualTo("/latest/meta-data/ram/security-credentials/");
        assertThat(server.takeRequest().getTarget()).isEqualTo("/latest/meta-data/ram/security-credentials/web-role");
    }

    @Test
    void aNamedRoleIsNotAskedFor() throws Exception {
        answer(200, KEYS.formatted("2031-01-08T03:50:07Z"));
        assertThat(now(AlibabaMetadata.roleCredentials(serviceClient, "web").build())
                        .id())
                .isEqualTo("STS.abc");
        assertThat(server.getRequestCount()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"S3CRET\":1}", "../../S3CRET", "S3CRET?a=b"})
    void whatIsNoRoleIsNotAskedForNorShown(String body) {
        answer(200, body);
        assertThatThrownBy(
                        () -> now(AlibabaMetadata.roleCredentials(serviceClient).build()))
                .cause()
                .hasMessageNotContaining("S3CRET");
        assertThat(server.getRequestCount()).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "S3CRET",
                "{\"Code\":\"Failed\",\"AccessKeySecret\":\"S3CRET\"}",
                "{\"AccessKeyId\":\"STS.abc\",\"AccessKeySecret\":\"S3CRET\",\"SecurityToken\":\"T0KEN\",\"Code\":\"Success\"}",
                "{\"AccessKeyId\":\"STS.abc\",\"AccessKeySecret\":\"S3CRET\",\"SecurityToken\":\"T0KEN\",\"Code\":\"Success\",\"Expiration\":\"S3CRET\"}"
            })
    void whatAreNoCredentialsIsNotShown(String body) {
        answer(200, body);
        assertThatThrownBy(() -> now(
                        AlibabaMetadata.roleCredentials(serviceClient, "web").build()))
                .cause()
                .hasMessageNotContaining("S3CRET")
                .hasMessageNotContaining("T0KEN");
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> AlibabaMetadata.tokens(serviceClient).lifetime(Duration.ZERO))
                .hasMessageContaining("PT0S");
        assertThatThrownBy(() -> AlibabaMetadata.tokens(serviceClient).lifetime(Duration.ofMillis(1500)))
                .hasMessageContaining("PT1.5S");
        assertThatThrownBy(() -> AlibabaMetadata.roleCredentials(serviceClient, "a/b"))
                .hasMessageContaining("a/b");
        ServiceClient other = HoldfastOkHttp.serviceClient(client, Holdfast.of(AlibabaSlb.SERVICE));
        assertThatThrownBy(() -> AlibabaMetadata.tokens(other)).hasMessageContaining("alibaba/slb");
    }
}
