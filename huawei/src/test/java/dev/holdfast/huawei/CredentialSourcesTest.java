package dev.holdfast.huawei;

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
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.ServiceClient;
import dev.holdfast.testkit.emulator.ReceivedRequest;
import dev.holdfast.testkit.signing.IssuerServer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialSourcesTest {
    private static final Decision REFUSED = HuaweiMetadata.SERVICE.decide(ResponseView.of(401));
    private static final String KEY =
            "{\"credential\":{\"access\":\"AK1\",\"secret\":\"S3CRET\",\"securitytoken\":\"T0KEN\",\"expires_at\":\"%s\"}}";

    private final IssuerServer issuer = new IssuerServer(HuaweiMetadata.SERVICE);
    private final ServiceClient serviceClient = issuer.client();

    @AfterEach
    void stop() {
        issuer.close();
    }

    private String applied(CredentialSource source, Credential credential) {
        return issuer.applied(source, credential, "X-Metadata-Token");
    }

    @Test
    void aTokenIsTheBodysText() throws Exception {
        issuer.answer(200, "MDAwMDAwMDA=\n");
        CachingCredentialSource source = HuaweiMetadata.tokens(serviceClient)
                .lifetime(Duration.ofSeconds(60))
                .build();
        Credential token = now(source);
        assertThat(token.lifetime()).isEqualTo(Duration.ofSeconds(60));
        assertThat(applied(source, token)).isEqualTo("MDAwMDAwMDA=");
        ReceivedRequest put = issuer.request();
        assertThat(put.method()).isEqualTo("PUT");
        assertThat(put.target()).isEqualTo("/meta-data/latest/api/token");
        assertThat(put.headers().first("X-Metadata-Token-Ttl-Seconds")).isEqualTo("60");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"token\":\"S3CRET\"}", "<html>S3CRET</html>", "S3CRET\r\nX-Evil: 1", "S3CRET\u00fc"})
    void whatIsNoTokenIsNotShown(String body) {
        issuer.answer(200, body);
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
        issuer.answer(status, "");
        assertThatThrownBy(() -> now(HuaweiMetadata.tokens(serviceClient).build()))
                .cause()
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.status()).isEqualTo(status));
    }

    @Test
    void toleratedAbsenceIsUndoneAtTheFirstRefusal() throws Exception {
        issuer.answer(404, "");
        CachingCredentialSource source =
                HuaweiMetadata.tokens(serviceClient).toleratingAbsence().build();
        Credential none = now(source);
        assertThat(applied(source, none)).isNull();
        issuer.answer(404, "");
        assertThatThrownBy(() -> source.refresh(none, REFUSED).get()).cause().isInstanceOf(ServiceException.class);
        assertThat(issuer.requestCount()).isEqualTo(2);
    }

    @Test
    void whoHasHadATokenNeverGoesWithout() throws Exception {
        issuer.answer(200, "first");
        CachingCredentialSource source =
                HuaweiMetadata.tokens(serviceClient).toleratingAbsence().build();
        Credential first = now(source);
        issuer.answer(404, "");
        assertThatThrownBy(() -> source.refresh(first, REFUSED).get()).cause().isInstanceOf(ServiceException.class);
    }

    @Test
    void otherStatusesMeanAbsenceIfTheCallerSaysSo() throws Exception {
        issuer.answer(503, "");
        CachingCredentialSource source =
                HuaweiMetadata.tokens(serviceClient).toleratingAbsence(503, 400).build();
        assertThat(applied(source, now(source))).isNull();
    }

    @Test
    void aProxysPageIsNoAbsence() {
        issuer.answer(
                404, "<html><head><title>ERROR</title></head><body>no</body></html>", "Via", "1.1 proxy (squid/5.7)");
        assertThatThrownBy(() -> now(
                        HuaweiMetadata.tokens(serviceClient).toleratingAbsence().build()))
                .cause()
                .isInstanceOf(ServiceException.class);
    }

    @Test
    void aKeyLivesByTheServersClock() throws Exception {
        issuer.answer(200, KEY.formatted("2031-01-08T03:50:07.574000Z"), "Date", "Wed, 08 Jan 2031 02:50:07 GMT");
        Credential key = now(HuaweiMetadata.securityKeys(serviceClient).build());
        assertThat(key.id()).isEqualTo("AK1");
        assertThat(key.secret()).isEqualTo(Secret.of("S3CRET"));
        assertThat(key.sessionToken()).isEqualTo(Secret.of("T0KEN"));
        assertThat(key.lifetime()).isEqualTo(Duration.ofHours(1).plusMillis(574));
        assertThat(issuer.request().target()).isEqualTo("/openstack/latest/securitykey");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"expires_at\":\"S3CRET\""})
    void aKeyThatDoesNotSayWhenItEndsIsUsedForFiveMinutes(String end) throws Exception {
        issuer.answer(
                200,
                "{\"credential\":{\"access\":\"AK1\",\"secret\":\"S3CRET\",\"securitytoken\":\"T0KEN\"" + end + "}}");
        assertThat(now(HuaweiMetadata.securityKeys(serviceClient).build()).lifetime())
                .isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "S3CRET",
                "{\"credential\":{\"access\":\"AK1\",\"secret\":\"S3CRET\",\"expires_at\":\"2031-01-08T03:50:07Z\"}}",
                "{\"credential\":{\"access\":\"A\\nS3CRET\",\"secret\":\"S3CRET\",\"securitytoken\":\"T0KEN\",\"expires_at\":\"2031-01-08T03:50:07Z\"}}"
            })
    void whatIsNoKeyIsNotShown(String body) {
        issuer.answer(200, body);
        assertThatThrownBy(() -> now(HuaweiMetadata.securityKeys(serviceClient).build()))
                .cause()
                .isInstanceOf(CredentialException.class)
                .hasMessageContaining("without a usable key")
                .hasMessageNotContaining("S3CRET")
                .hasMessageNotContaining("T0KEN");
    }

    @Test
    void aServerWithoutAnAgencyHasNoKeys() {
        issuer.answer(401, "401 Unauthorized\nPlease configure Cloud Service Agency first");
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
        try (IssuerServer other = new IssuerServer(HuaweiIMetal.in("cn-east-3"))) {
            assertThatThrownBy(() -> HuaweiMetadata.securityKeys(other.client()))
                    .hasMessageContaining("huawei/imetal");
        }
    }
}
