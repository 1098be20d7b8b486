package dev.holdfast.core.service;

import dev.holdfast.core.catalogue.Catalogue;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.outcome.Attempt;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.policy.RetrySafety;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A service of no vendor, and what calls of it may have gone through. */
public final class TestService {
    static final String HEADER =
            "id\toperation\tstatus\tcode\tmessage\tverdict\tkind\tpace\tprocessed\tadvice\tsource\n";

    public static final Service SERVICE = builder().build();

    private TestService() {}

    public static Service.Builder builder() {
        return Service.builder("test/plain")
                .baseUrl("http://127.0.0.1")
                .operation(Operation.named("job")
                        .methods("POST", "DELETE")
                        .path("/jobs")
                        .category("write"))
                .operation(Operation.named("token").path("/token").retrySafety(RetrySafety.ALWAYS))
                .requestIdHeaders("x-request-id", "x-trace-id")
                .limits("default", Limits.NONE.rate(5, Duration.ofSeconds(1)))
                .catalogue(catalogue(
                        "busy||429|too_many||retry|throttled|throttle|no",
                        "bad||400|invalid_request||fail|invalid_request||no"));
    }

    /** Rows as {@code id|operation|status|code|message|verdict|kind|pace|nothing}. */
    static Catalogue catalogue(String... rows) {
        StringBuilder table = new StringBuilder(HEADER);
        for (String row : rows) {
            table.append(row.replace('|', '\t')).append("\tDo something.\ttest (2026-11)\n");
        }
        return Catalogue.of("test/plain", table.toString());
    }

    public static Attempt answered(int number, int status, @Nullable Decision decision, Duration pause) {
        return Attempt.answered(number, Duration.ofMillis(100L * (number - 1)), Duration.ofMillis(50), status)
                .withDecision(decision)
                .withPause(pause);
    }

    public static Outcome outcome(StopReason reason, Attempt... attempts) {
        return Outcome.of("test/plain", "token", reason)
                .withAttempts(List.of(attempts))
                .withTotal(Duration.ofMillis(2_150));
    }
}
