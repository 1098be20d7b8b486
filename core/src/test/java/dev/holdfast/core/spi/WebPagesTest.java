package dev.holdfast.core.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebPagesTest {
    private static final String PAGE = "<!DOCTYPE html><html><head><title>Sign in</title></head></html>";
    private static final ErrorDialect DIALECT = ErrorDialect.recognisingWebPages("x-own-id", "x-own-cause");

    private static ErrorDialect.Intermediary check(int status, String body, String... headers) {
        ResponseView response = ResponseView.of(status, HeaderFields.of(headers), body);
        return DIALECT.intermediary(Dialects.context(response));
    }

    @ParameterizedTest
    @CsvSource({
        "400, true", "401, true", "403, true", "404, true", "407, true", "418, true", "451, true", "499, true",
        "302, false", "408, false", "425, false", "429, false", "449, false", "500, false", "503, false", "511, false"
    })
    void aPageThatRefusesIsSomebodyElses(int status, boolean foreign) {
        ErrorDialect.Intermediary found = check(status, PAGE);
        assertThat(found != null).isEqualTo(foreign);
        if (found != null) {
            Decision decision = found.decide("a/b").about(ServiceError.none());
            assertThat(decision.verdict()).isEqualTo(Verdict.fail());
            assertThat(decision.rule()).isEqualTo("a/b/foreign-web-page");
        }
        assertThat(check(status, "{\"code\":\"a\"}")).isNull();
        assertThat(check(status, "Sign in")).isNull();
        assertThat(check(status, "")).isNull();
        assertThat(check(status, PAGE, "X-Own-Cause", "gateway")).isNull();
        assertThat(check(status, PAGE, "X-Other-Id", "1") != null).isEqualTo(foreign);
    }

    @ParameterizedTest
    @CsvSource({
        "200, false",
        "401, false",
        "403, false",
        "404, false",
        "407, false",
        "499, false",
        "408, true",
        "425, true",
        "429, true",
        "449, true",
        "500, true",
        "503, true",
        "511, true"
    })
    void theStatusOfAnIntermediaryTellsWhetherItPasses(int status, boolean passes) {
        Decision decision = ErrorDialect.Intermediary.byStatus(status, "proxy", "Look for a proxy.", "test")
                .decide("a/b")
                .about(ServiceError.none());
        assertThat(decision.isRetry()).isEqualTo(passes);
        assertThat(decision.rule()).isEqualTo("a/b/foreign-proxy");
    }
}
