package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Rule;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.spi.ErrorDialect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Law 17: a faulty method of a dialect is said once, however many responses it spoils, and says nothing of them. */
class FaultyDialectTest {
    private static final String SERVICE = "test/faulty-dialect";

    /** Each method throws, with a part of the response in its message. */
    private static final class Broken implements ErrorDialect {
        private static IllegalStateException broken() {
            return new IllegalStateException("CANARY");
        }

        @Override
        public ServiceError error(Context context) {
            throw broken();
        }

        @Override
        public ServiceError failure(Context context) {
            throw broken();
        }

        @Override
        public Intermediary intermediary(Context context) {
            throw broken();
        }

        @Override
        public Duration retryAfter(Context context) {
            throw broken();
        }

        @Override
        public Instant serverTime(Context context) {
            throw broken();
        }

        @Override
        public boolean recognises(Context context) {
            throw broken();
        }

        @Override
        public String catalogueCode(Context context) {
            throw broken();
        }
    }

    @Test
    void eachFaultyMethodIsWarnedOfOnce() {
        Service service = Service.builder(SERVICE)
                .baseUrl("http://127.0.0.1")
                .operation(Operation.named("read").inspectSuccess())
                .dialect(new Broken())
                .build();
        Service ruled = service.withRules(
                List.of(Rule.on(418).fail(ErrorKind.UNSUPPORTED).named("teapot")));
        RequestView request = RequestView.of("GET", "/");
        for (int i = 0; i < 3; i++) {
            for (Service one : List.of(service, ruled)) {
                assertThat(one.decide(ResponseView.of(503), request).rule()).isEqualTo("default/503");
                assertThat(one.inspect(ResponseView.of(200), request)).isEmpty();
                assertThat(one.serverTime(ResponseView.of(401), request, Instant.EPOCH))
                        .isNull();
                assertThat(one.recognises(ResponseView.of(401), request, Instant.EPOCH))
                        .isFalse();
            }
        }

        List<String> said = CapturedLogs.lines().stream()
                .filter(line -> line.contains(SERVICE))
                .toList();
        String end = " of " + SERVICE + " threw java.lang.IllegalStateException; decisions go on without it";
        assertThat(said)
                .extracting(line -> line.substring(line.indexOf("ErrorDialect.")))
                .containsExactlyInAnyOrder(
                        "ErrorDialect.error" + end,
                        "ErrorDialect.failure" + end,
                        "ErrorDialect.intermediary" + end,
                        "ErrorDialect.retryAfter" + end,
                        "ErrorDialect.serverTime" + end,
                        "ErrorDialect.recognises" + end,
                        "ErrorDialect.catalogueCode" + end);
        assertThat(said).allMatch(line -> line.startsWith("WARN "));
    }
}
