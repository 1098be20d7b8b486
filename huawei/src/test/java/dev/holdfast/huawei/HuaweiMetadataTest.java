package dev.holdfast.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ServiceError;
import java.net.ConnectException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HuaweiMetadataTest {
    @ParameterizedTest
    @CsvSource({
        "GET, /openstack/latest/securitykey, securitykey",
        "GET, /openstack/2018-08-27/securitykey, securitykey",
        "PUT, /meta-data/latest/api/token, token",
        "GET, /openstack/latest/meta_data.json, metadata",
        "GET, /latest/meta-data/hostname, metadata",
        "GET, /openstack/latest/user_data, metadata",
        "POST, /openstack/latest/password, other",
    })
    void operations(String method, String path, String operation) {
        assertThat(HuaweiMetadata.SERVICE
                        .operation(RequestView.of(method, path))
                        .id())
                .isEqualTo(operation);
    }

    @ParameterizedTest
    @CsvSource({
        "400, metadata, fail, INVALID_REQUEST",
        "400, token, fail, INVALID_REQUEST",
        "401, metadata, reauthenticate, UNAUTHENTICATED",
        "401, securitykey, reauthenticate, UNAUTHENTICATED",
        "401, token, fail, UNAUTHENTICATED",
        "403, metadata, fail, FORBIDDEN",
        "404, metadata, fail, NOT_FOUND",
        "404, securitykey, fail, UNSUPPORTED",
        "404, token, fail, UNSUPPORTED",
        "405, token, fail, UNSUPPORTED",
        "408, metadata, retry, UNAVAILABLE",
        "418, metadata, fail, INVALID_REQUEST",
        "425, metadata, retry, UNAVAILABLE",
        "429, metadata, retry, THROTTLED",
        "500, metadata, retry, UNAVAILABLE",
        "501, metadata, fail, UNSUPPORTED",
        "502, metadata, retry, UNAVAILABLE",
        "503, token, retry, UNAVAILABLE",
        "504, metadata, retry, UNAVAILABLE",
        "505, metadata, fail, UNSUPPORTED",
    })
    void statusDefaults(int status, String operation, String verdict, ErrorKind kind) {
        String page = "<html><head><title>" + status + " x</title></head><body>Some words</body></html>";
        for (String body :
                new String[] {"", "Some words", page, "{\"error\":{\"code\":" + status + ",\"message\":\"m\"}}"}) {
            Decision decision = HuaweiMetadata.SERVICE.decide(
                    HuaweiBody.json(status, body), HuaweiBody.METADATA_REQUESTS.get(operation));
            assertThat(decision.verdict().id()).isEqualTo(verdict);
            assertThat(decision.kind()).isEqualTo(kind);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "401 Unauthorized\nPlease configure Cloud Service Agency first",
                "please configure  cloud service agency FIRST.",
                "<html>\n <head>\n  <title>401 Unauthorized</title>\n </head>\n <body>\n  <h1>401 Unauthorized</h1>\n"
                        + "  Please configure Cloud Service Agency first<br /><br />\n\n </body>\n</html>",
                "{\"error\":{\"code\":401,\"message\":\"Please configure Cloud Service Agency first\"}}",
                "{\"unauthorized\":{\"code\":\"401\",\"message\":\"Please configure Cloud Service Agency first\"}}",
                "\"Please configure Cloud Service Agency first\"",
            })
    void aMissingAgencyIsNotCuredByAToken(String body) {
        for (String operation : new String[] {"securitykey", "metadata"}) {
            Decision decision = HuaweiMetadata.SERVICE.decide(
                    HuaweiBody.json(401, body), HuaweiBody.METADATA_REQUESTS.get(operation));
            assertThat(decision.rule()).isEqualTo("huawei/metadata/agency-missing");
        }
    }

    /** A login page must not cost a token; the service's own pages are titled with the status. */
    @ParameterizedTest
    @CsvSource({
        "401, Sign in, '', foreign-web-page",
        "403, Blocked, '', foreign-web-page",
        "401, 401 Unauthorized, '', status-401",
        "401, 401 Unauthorized, EC2ws, foreign-other-cloud",
        "503, Sorry, '', status-503",
    })
    void whoAnswersInItsPlace(int status, String title, String server, String rule) {
        Decision decision = HuaweiMetadata.SERVICE.decide(
                HuaweiBody.json(status, "<html><title>" + title + "</title></html>", "Server", server),
                HuaweiBody.METADATA_REQUESTS.get("metadata"));
        assertThat(decision.rule()).isEqualTo("huawei/metadata/" + rule);
    }

    @Test
    void aPageIsReadBelowItsTitle() {
        ServiceError error = MetadataErrors.parse(HuaweiBody.json(
                404,
                "<!DOCTYPE html><html><title>404</title><body class='x'>\n<h1>404 Not Found</h1>\n gone<br/></body>"));
        assertThat(error.message()).isEqualTo("404 Not Found gone");
        assertThat(error.code()).isNull();
    }

    @Test
    void noCallComesBackWithinASecond() {
        for (Pace pace : Pace.values()) {
            Backoff backoff = HuaweiMetadata.SERVICE.policy().backoff(pace);
            assertThat(backoff.range(0).least()).as(pace.id()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void neverSaysForWhomItAsks() {
        assertThat(HuaweiMetadata.SERVICE.forbiddenHeaders()).containsExactly("X-Forwarded-For");
        assertThat(HuaweiMetadata.SERVICE.linkLocal()).isTrue();
    }

    @Test
    void presets() {
        assertThat(HuaweiMetadata.boot()
                        .build()
                        .decide(new ConnectException("refused"), null)
                        .pace())
                .contains(Pace.STARTUP);
        assertThat(HuaweiMetadata.interactive().build().policy().deadline()).isEqualTo(Duration.ofSeconds(15));
        assertThat(HuaweiMetadata.background().build().policy().maxRetryAfter()).isEqualTo(Duration.ofMinutes(5));
    }
}
