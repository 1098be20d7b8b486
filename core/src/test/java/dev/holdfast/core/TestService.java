package dev.holdfast.core;

import dev.holdfast.core.error.Catalogue;
import dev.holdfast.core.error.Decision;
import dev.holdfast.core.gate.GateSettings;
import dev.holdfast.core.retry.Replay;
import dev.holdfast.core.retry.StopReason;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A service of no vendor, and what calls of it may have gone through. */
final class TestService {
    static final String HEADER = "id\toperation\tstatus\tcode\tmessage\tverdict\tkind\tpace\tnothing\tadvice\tsource\n";

    static final Service SERVICE = builder().build();

    private TestService() {}

    static Service.Builder builder() {
        return Service.builder("test/plain")
                .baseUrl("http://127.0.0.1")
                .operation(Operation.named("job")
                        .methods("POST", "DELETE")
                        .path("/jobs")
                        .category("write"))
                .operation(Operation.named("token").path("/token").replay(Replay.SAFE))
                .requestIdHeaders("x-request-id", "x-trace-id")
                .gate("default", GateSettings.OPEN.withRate(5, Duration.ofSeconds(1)))
                .catalogue(catalogue(
                        "busy||429|too_many||retry|throttled|throttle|yes",
                        "bad||400|invalid_request||fail|invalid_request||yes"));
    }

    /** Rows as {@code id|operation|status|code|message|verdict|kind|pace|nothing}. */
    static Catalogue catalogue(String... rows) {
        StringBuilder table = new StringBuilder(HEADER);
        for (String row : rows) {
            table.append(row.replace('|', '\t')).append("\tDo something.\ttest (2026-11)\n");
        }
        return Catalogue.of("test/plain", table.toString());
    }

    static Attempt answered(int number, int status, @Nullable Decision decision, Duration pause) {
        return Attempt.answered(number, Duration.ofMillis(100L * (number - 1)), Duration.ofMillis(50), status)
                .withDecision(decision)
                .withPause(pause);
    }

    static Outcome outcome(StopReason reason, Attempt... attempts) {
        return Outcome.of("test/plain", "token", reason)
                .withAttempts(List.of(attempts))
                .withTotal(Duration.ofMillis(2_150));
    }
}
