package dev.holdfast.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.spi.Dialects;
import dev.holdfast.core.spi.ErrorDialect;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceTest {
    private static final Service SERVICE = TestService.SERVICE;
    private static final RequestView TOKEN = RequestView.of("GET", "/token");

    private static ResponseView answer(int status, String code, String... headers) {
        return ResponseView.of(status, HeaderFields.of(headers), "{\"code\":\"" + code + "\"}");
    }

    @Test
    void aRowOfTheCatalogueDecides() {
        Decision busy = SERVICE.decide(answer(429, "too_many"));
        assertThat(busy.rule()).isEqualTo("test/plain/busy");
        assertThat(busy.kind()).isEqualTo(ErrorKind.THROTTLED);
        assertThat(busy.pace()).contains(Pace.THROTTLE);
        assertThat(SERVICE.decide(answer(400, "invalid_request")).rule()).isEqualTo("test/plain/bad");
    }

    @Test
    void aRowOfOneOperationDecidesForItAlone() {
        Service service = TestService.builder()
                .catalogue(TestService.catalogue("gone|job|410|gone||fail|not_found||no"))
                .build();
        assertThat(service.decide(answer(410, "gone"), RequestView.of("POST", "/jobs/1"))
                        .rule())
                .isEqualTo("test/plain/gone");
        assertThat(service.decide(answer(410, "gone"), TOKEN).rule()).isNotEqualTo("test/plain/gone");
    }

    @Test
    void anIntermediaryDecidesBeforeTheCatalogue() {
        Service service = TestService.builder()
                .dialect(Dialects.intermediary(
                        context -> ErrorDialect.Intermediary.fail("proxy", "Ask the proxy.", "test")))
                .build();
        Decision decision = service.decide(answer(429, "too_many"));
        assertThat(decision.kind()).isEqualTo(ErrorKind.INTERMEDIARY);
        assertThat(decision.rule()).isEqualTo("test/plain/foreign-proxy");
    }

    @Test
    void theHintOfARetryIsReadAndThatOfAFailureIsNot() {
        assertThat(SERVICE.decide(answer(429, "too_many", "Retry-After", "7")).retryAfter())
                .contains(Duration.ofSeconds(7));
        assertThat(SERVICE.decide(answer(429, "too_many")).retryAfter()).isEmpty();
        assertThat(SERVICE.decide(answer(400, "invalid_request", "Retry-After", "7"))
                        .retryAfter())
                .isEmpty();
    }

    private static ErrorDialect asking(Duration wait) {
        return new ErrorDialect() {
            @Override
            public Duration retryAfter(Context context) {
                return wait;
            }
        };
    }

    @Test
    void aHintBelowZeroIsNone() {
        Service service =
                TestService.builder().dialect(asking(Duration.ofNanos(-1))).build();
        assertThat(service.decide(answer(429, "too_many")).retryAfter()).isEmpty();
        Service zero = TestService.builder().dialect(asking(Duration.ZERO)).build();
        assertThat(zero.decide(answer(429, "too_many")).retryAfter()).contains(Duration.ZERO);
    }

    @Test
    void requestIdsAreReadFromTheirHeadersInTheirOrder() {
        Decision decision = SERVICE.decide(
                answer(429, "too_many", "X-Trace-Id", " t-2 ", "X-Request-Id", "abc-1", "x-other", "no"));
        assertThat(decision.error().requestIds())
                .containsExactly(Map.entry("x-request-id", "abc-1"), Map.entry("x-trace-id", "t-2"));
        assertThat(SERVICE.decide(answer(429, "too_many", "X-Request-Id", " "))
                        .error()
                        .requestIds())
                .isEmpty();
    }

    @Test
    void anIdOfTheBodyStaysBesideThoseOfTheHeaders() {
        Service service = TestService.builder()
                .dialect(Dialects.error(answer -> ServiceError.of("too_many", null)
                        .withRequestIds(Map.of("RequestId", "body-1", "x-request-id", "body-2"))))
                .build();
        Decision decision = service.decide(answer(429, "ignored", "x-request-id", "header-1", "x-trace-id", "t-2"));
        assertThat(decision.error().requestIds())
                .containsOnly(
                        Map.entry("RequestId", "body-1"),
                        Map.entry("x-request-id", "body-2"),
                        Map.entry("x-trace-id", "t-2"));
    }

    @Test
    void aSuccessIsLookedIntoWhereItsOperationSaysSo() {
        Service service = Service.builder("test/plain")
                .baseUrl("http://127.0.0.1")
                .operation(Operation.named("token").path("/token").inspectSuccess())
                .dialect(Dialects.failure(answer ->
                        answer.headers().first("x-failed") == null ? null : ServiceError.of("too_many", "in disguise")))
                .catalogue(TestService.catalogue("busy||200|too_many||retry|throttled|throttle|no"))
                .build();
        ResponseView failed = answer(200, "", "x-failed", "yes", "Retry-After", "3");
        Decision decision = service.inspect(failed, TOKEN).orElseThrow();
        assertThat(decision.rule()).isEqualTo("test/plain/busy");
        assertThat(decision.error().message()).isEqualTo("in disguise");
        assertThat(decision.retryAfter()).contains(Duration.ofSeconds(3));
        assertThat(service.inspect(failed, RequestView.of("GET", "/other"))).isEmpty();
        assertThat(service.inspect(answer(200, ""), TOKEN)).isEmpty();
    }

    @Test
    void theFirstOperationThatMatchesCounts() {
        Service service = Service.builder("test/plain")
                .baseUrl("http://127.0.0.1")
                .operation(Operation.named("deep").path("/a/b"))
                .operation(Operation.named("flat").path("/a"))
                .build();
        assertThat(service.operation(RequestView.of("GET", "/a/b/c")).id()).isEqualTo("deep");
        assertThat(service.operation(RequestView.of("GET", "/a/c")).id()).isEqualTo("flat");
        assertThat(service.operations()).extracting(Operation::id).containsExactly("deep", "flat");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, ALWAYS",
        "HEAD, ALWAYS",
        "OPTIONS, ALWAYS",
        "POST, IF_NOT_PROCESSED",
        "DELETE, IF_NOT_PROCESSED",
        "PROPFIND, IF_NOT_PROCESSED"
    })
    void anUndeclaredRequestIsOtherAndItsMethodSaysWhetherItIsSafe(String method, RetrySafety retrySafety) {
        RequestView request = RequestView.of(method, "/elsewhere");
        assertThat(SERVICE.declares(request)).isFalse();
        assertThat(SERVICE.operation(request).id()).isEqualTo("other");
        assertThat(SERVICE.operation(request).retrySafety()).isEqualTo(retrySafety);
        assertThat(SERVICE.declares(TOKEN)).isTrue();
    }

    @Test
    void hostsAreComparedWithoutCaseAndAStarStandsForLabels() {
        Service service = Service.builder("test/plain")
                .baseUrl("https://Api.example.com")
                .hosts("*.Example.net", "other.example")
                .build();
        assertThat(service.allows("API.EXAMPLE.COM")).isTrue();
        assertThat(service.allows("other.example")).isTrue();
        assertThat(service.allows("eu.example.NET")).isTrue();
        assertThat(service.allows("example.net")).isFalse();
        assertThat(service.allows("evilexample.net")).isFalse();
        assertThat(service.allows("x.other.example")).isFalse();
        assertThat(service.hosts()).containsExactlyInAnyOrder("api.example.com", "*.example.net", "other.example");
    }

    @Test
    void gatesAndPatienceAreOpenWhereNothingIsSaid() {
        assertThat(SERVICE.limits("default")).isEqualTo(Limits.NONE.rate(5, Duration.ofSeconds(1)));
        assertThat(SERVICE.limits("write")).isEqualTo(Limits.NONE);
        assertThat(SERVICE.leastPatience(Pace.STARTUP)).isZero();
        assertThat(SERVICE.probePath()).isEqualTo("/");
        assertThat(SERVICE.linkLocal()).isFalse();
        assertThat(SERVICE).hasToString("Service[test/plain]");
    }

    @Test
    void theBuilderKeepsWhatItIsTold() {
        Service service = TestService.builder()
                .leastPatience(Pace.STARTUP, Duration.ofSeconds(9))
                .probePath("/probe?x=1")
                .linkLocal()
                .requiredHeader("Metadata", "true")
                .forbiddenHeader("X-Forwarded-For")
                .build();
        assertThat(service.leastPatience(Pace.STARTUP)).isEqualTo(Duration.ofSeconds(9));
        assertThat(service.probePath()).isEqualTo("/probe?x=1");
        assertThat(service.linkLocal()).isTrue();
        assertThat(service.requiredHeaders()).containsExactly(Map.entry("Metadata", "true"));
        assertThat(service.forbiddenHeaders()).containsExactly("X-Forwarded-For");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "azure", "Azure/imds", "a/b/c", "a /b", "/b"})
    void anIdThatIsNoVendorAndNameIsRefused(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Service.builder(id))
                .withMessage("id must be vendor/name in lower case, such as azure/imds, but is \"" + id + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://a, 'baseUrl must start with http:// or https://, but its scheme is \"ftp\"'",
        "http:///x, 'baseUrl must name a host, but is \"http:…\"'",
        "http://user:pass@a, 'baseUrl must not hold a user or password, but does; its host is \"a\"'",
        "http://a/x, 'baseUrl must be scheme, host and port only, but a is followed by the path \"/x\"'",
        "http://a?x, 'baseUrl must be scheme, host and port only, but a is followed by a query'"
    })
    void aBaseUrlThatIsMoreThanAnOriginIsRefused(String url, String sentence) {
        Service.Builder builder = Service.builder("test/plain");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.baseUrl(url))
                .withMessage(sentence);
    }

    @Test
    void whatIsMissingIsNamed() {
        Service.Builder builder = Service.builder("test/plain");
        assertThatNullPointerException().isThrownBy(builder::build).withMessage("baseUrl must be set");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.dialect(null))
                .withMessage("dialect must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.catalogue(null))
                .withMessage("catalogue must not be null");
        assertThatNullPointerException().isThrownBy(() -> builder.policy(null)).withMessage("policy must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.probePath(null))
                .withMessage("probePath must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.limits("default", null))
                .withMessage("settings must not be null");
    }
}
