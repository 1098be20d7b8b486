package dev.holdfast.core.internal.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.response.ServiceError;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultStatusRulesTest {

    @ParameterizedTest
    @CsvSource({
        "100, fail, UNKNOWN, , UNKNOWN",
        "200, fail, UNKNOWN, , UNKNOWN",
        "299, fail, UNKNOWN, , UNKNOWN",
        "300, fail, INTERMEDIARY, , UNKNOWN",
        "302, fail, INTERMEDIARY, , UNKNOWN",
        "399, fail, INTERMEDIARY, , UNKNOWN",
        "400, fail, INVALID_REQUEST, , UNKNOWN",
        "401, reauthenticate, UNAUTHENTICATED, , NO",
        "402, fail, BILLING, , UNKNOWN",
        "403, fail, FORBIDDEN, , UNKNOWN",
        "404, fail, NOT_FOUND, , UNKNOWN",
        "405, fail, UNSUPPORTED, , UNKNOWN",
        "406, fail, UNSUPPORTED, , UNKNOWN",
        "407, fail, INTERMEDIARY, , UNKNOWN",
        "408, retry, UNAVAILABLE, TRANSIENT, UNKNOWN",
        "409, fail, CONFLICT, , UNKNOWN",
        "410, fail, NOT_FOUND, , UNKNOWN",
        "412, fail, CONFLICT, , UNKNOWN",
        "413, fail, INVALID_REQUEST, , UNKNOWN",
        "418, fail, INVALID_REQUEST, , UNKNOWN",
        "421, fail, INVALID_REQUEST, , UNKNOWN",
        "422, fail, INVALID_REQUEST, , UNKNOWN",
        "425, retry, NOT_READY, TRANSIENT, NO",
        "429, retry, THROTTLED, THROTTLE, NO",
        "499, fail, INVALID_REQUEST, , UNKNOWN",
        "500, retry, UNAVAILABLE, TRANSIENT, UNKNOWN",
        "501, fail, UNSUPPORTED, , UNKNOWN",
        "502, retry, UNAVAILABLE, TRANSIENT, UNKNOWN",
        "503, retry, UNAVAILABLE, TRANSIENT, UNKNOWN",
        "504, retry, UNAVAILABLE, TRANSIENT, UNKNOWN",
        "505, fail, UNSUPPORTED, , UNKNOWN",
        "511, fail, INTERMEDIARY, , UNKNOWN",
        "599, retry, UNAVAILABLE, TRANSIENT, UNKNOWN",
        "600, fail, UNKNOWN, , UNKNOWN",
        "999, fail, UNKNOWN, , UNKNOWN"
    })
    void aStatusAloneDecides(int status, String verdict, ErrorKind kind, Pace pace, Processed processed) {
        Decision decision = DefaultStatusRules.decide(status).about(ServiceError.none());
        assertThat(decision.verdict().id()).isEqualTo(verdict);
        assertThat(decision.kind()).isEqualTo(kind);
        assertThat(decision.pace()).isEqualTo(Optional.ofNullable(pace));
        assertThat(decision.processed()).isEqualTo(processed);
        assertThat(decision.rule()).isEqualTo("default/" + status);
        assertThat(decision.retryAfter()).isEmpty();
    }

    @Test
    void onlyTheseAreRetriedAndOnlyOneReauthenticates() {
        List<Integer> retried = IntStream.rangeClosed(100, 999)
                .filter(status -> DefaultStatusRules.decide(status).verdict() instanceof Verdict.Retry)
                .filter(status -> status < 500)
                .boxed()
                .toList();
        assertThat(retried).containsExactly(408, 425, 429);
        List<Integer> renewed = IntStream.rangeClosed(100, 999)
                .filter(status -> DefaultStatusRules.decide(status).verdict() instanceof Verdict.Reauthenticate)
                .boxed()
                .toList();
        assertThat(renewed).containsExactly(401);
    }
}
