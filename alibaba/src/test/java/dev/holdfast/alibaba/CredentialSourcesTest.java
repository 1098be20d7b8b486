package dev.holdfast.alibaba;

import static dev.holdfast.testkit.signing.IssuerServer.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.credential.CachingCredentialSource;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialSource;
import dev.holdfast.core.credential.Secret;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.outcome.CredentialException;
import dev.holdfast.core.outcome.ServiceException;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.ServiceClient;
import dev.holdfast.testkit.emulator.ReceivedRequest;
import dev.holdfast.testkit.signing.IssuerServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialSourcesTest {
    private static final Decision REFUSED = AlibabaMetadata.SERVICE.decide(ResponseView.of(401));
    private static final String KEYS =
            "{\"AccessKeyId\":\"STS.abc\",\"AccessKeySecret\":\"S3CRET\",\"Expiration\":\"%s\","
                    + "\"SecurityToken\":\"T0KEN\",\"LastUpdated\":\"2031-01-08T02:50:07Z\",\"Code\":\"Success\"}";

    private final IssuerServer issuer = new IssuerServer(AlibabaMetadata.SERVICE);
    private final ServiceClient serviceClient = issuer.client();

    @AfterEach
    void stop() {
        issuer.close();
    }

    private String applied(CredentialSource source, Credential credential) {
        return issuer.applied(source, credential, "X-aliyun-ecs-metadata-token");
    }

    @Test
    void aTokenIsTheBodysText() throws Exception {
        issuer.answer(200, "MDAwMDAwMDA=");
        CachingCredentialSource source = AlibabaMetadata.tokens(serviceClient)
                .lifetime(Duration.ofSeconds(1))
                .build();
        Credential token = now(source);
        assertThat(token.lifetime()).isEqualTo(Duration.ofSeconds(1));
        assertThat(applied(source, token)).isEqualTo("MDAwMDAwMDA=");
        ReceivedRequest put = issuer.request();
        assertThat(put.method()).isEqualTo("PUT");
        assertThat(put.target()).isEqualTo("/latest/api/token");
        assertThat(put.headers().first("X-aliyun-ecs-metadata-token-ttl-seconds"))
                .isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"token\":\"S3CRET\"}", "<html>S3CRET</html>", "S3CRET\r\nX-Evil: 1"})
    void whatIsNoTokenIsNotShown(String body) {
        issuer.answer(200, body);
        assertThatThrownBy(() -> now(AlibabaMetadata.tokens(serviceClient).build()))
                .cause()
                .isInstanceOf(CredentialException.class)
                .hasMessageContaining("without a usable token")
                .hasMessageNotContaining("S3CRET");
    }

    @Test
    void toleratedAbsenceIsUndoneAtTheFirstRefusal() throws Exception {
        issuer.answer(404, "");
        CachingCredentialSource source =
                AlibabaMetadata.tokens(serviceClient).toleratingAbsence().build();
        Credential none = now(source);
        assertThat(applied(source, none)).isNull();
        issuer.answer(404, "");
        assertThatThrownBy(() -> source.refresh(none, REFUSED).get()).cause().isInstanceOf(ServiceException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 500})
    void aRefusedTokenRequestIsNoAbsence(int status) {
        issuer.answer(status, "");
        assertThatThrownBy(() -> now(AlibabaMetadata.tokens(serviceClient)
                        .toleratingAbsence()
                        .build()))
                .cause()
                .isInstanceOf(ServiceException.class);
    }

    @Test
    void theRoleIsAskedForWhereNoneIsNamed() throws Exception {
        issuer.answer(200, "web-role\n");
        issuer.answer(200, KEYS.formatted("2031-01-08T03:50:07Z"), "Date", "Wed, 08 Jan 2031 02:50:07 GMT");
        Credential keys = now(AlibabaMetadata.roleCredentials(serviceClient).build());
        assertThat(keys.id()).isEqualTo("STS.abc");
        assertThat(keys.secret()).isEqualTo(Secret.of("S3CRET"));
        assertThat(keys.sessionToken()).isEqualTo(Secret.of("T0KEN"));
        assertThat(keys.lifetime()).isEqualTo(Duration.ofHours(1));
        assertThat(issuer.request().target()).isEqualTo("/latest/meta-data/ram/security-credentials/");
        assertThat(issuer.request().target()).isEqualTo("/latest/meta-data/ram/security-credentials/web-role");
    }

    @Test
    void aNamedRoleIsNotAskedFor() throws Exception {
        issuer.answer(200, KEYS.formatted("2031-01-08T03:50:07Z"));
        assertThat(now(AlibabaMetadata.roleCredentials(serviceClient, "web").build())
                        .id())
                .isEqualTo("STS.abc");
        assertThat(issuer.requestCount()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"S3CRET\":1}", "../../S3CRET", "S3CRET?a=b"})
    void whatIsNoRoleIsNotAskedForNorShown(String body) {
        issuer.answer(200, body);
        assertThatThrownBy(
                        () -> now(AlibabaMetadata.roleCredentials(serviceClient).build()))
                .cause()
                .hasMessageNotContaining("S3CRET");
        assertThat(issuer.requestCount()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"Expiration\":\"S3CRET\""})
    void aKeyThatDoesNotSayWhenItEndsIsUsedForFiveMinutes(String end) throws Exception {
        issuer.answer(
                200,
                "{\"AccessKeyId\":\"STS.abc\",\"AccessKeySecret\":\"S3CRET\",\"SecurityToken\":\"T0KEN\",\"Code\":\"Success\""
                        + end + "}");
        assertThat(now(AlibabaMetadata.roleCredentials(serviceClient, "web").build())
                        .lifetime())
                .isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "S3CRET", "{\"Code\":\"Failed\",\"AccessKeySecret\":\"S3CRET\"}"})
    void whatAreNoCredentialsIsNotShown(String body) {
        issuer.answer(200, body);
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
        try (IssuerServer other = new IssuerServer(AlibabaSlb.SERVICE)) {
            assertThatThrownBy(() -> AlibabaMetadata.tokens(other.client())).hasMessageContaining("alibaba/slb");
        }
    }
}
