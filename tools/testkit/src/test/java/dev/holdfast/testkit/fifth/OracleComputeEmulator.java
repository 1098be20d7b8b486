package dev.holdfast.testkit.fifth;

import dev.holdfast.core.time.TimeSource;
import dev.holdfast.testkit.emulator.Effect;
import dev.holdfast.testkit.emulator.EmulatedRequest;
import dev.holdfast.testkit.emulator.EmulatedService;
import dev.holdfast.testkit.emulator.Emulator;
import dev.holdfast.testkit.emulator.EmulatorProvider;
import dev.holdfast.testkit.emulator.HttpEmulator;
import dev.holdfast.testkit.emulator.RateLimits;
import dev.holdfast.testkit.emulator.Reply;
import java.util.List;
import java.util.Map;

/** The fifth vendor's service on the loopback address. */
public final class OracleComputeEmulator extends HttpEmulator<OracleComputeEmulator> {
    public OracleComputeEmulator(TimeSource clock) {
        super(clock, new Compute(new RateLimits(clock, 10)));
    }

    @Override
    protected OracleComputeEmulator self() {
        return this;
    }

    private record Compute(RateLimits limits) implements EmulatedService {
        @Override
        public Reply answer(EmulatedRequest request) {
            if (!limits.admit()) {
                return refused(Effect.Refusal.THROTTLED, request);
            }
            return request.parameter("compartmentId") == null
                    ? error(400, "MissingParameter", "compartmentId is required")
                    : Reply.json(200, List.of(Map.of("id", "ocid1.instance.1", "lifecycleState", "RUNNING")));
        }

        @Override
        public Reply refused(Effect.Refusal refusal, EmulatedRequest request) {
            return switch (refusal) {
                case THROTTLED -> error(429, "TooManyRequests", "Too many requests for the user");
                case NOT_YET -> error(404, "NotAuthorizedOrNotFound", "Authorization failed or resource not found");
                case UPDATING -> error(409, "IncorrectState", "The instance is being moved");
                case UNAVAILABLE -> error(500, "InternalError", "Internal error occurred");
            };
        }

        @Override
        public Map<String, String> headers(Reply reply, EmulatedRequest request) {
            return Map.of("opc-request-id", "A1/B2/C3");
        }

        private static Reply error(int status, String code, String message) {
            return Reply.json(status, Map.of("code", code, "message", message));
        }
    }

    /** Named in META-INF/services, so that the command line finds the emulator. */
    public static final class Provider implements EmulatorProvider {
        @Override
        public List<String> services() {
            return List.of("oracle/compute");
        }

        @Override
        public Emulator emulator(String service, TimeSource clock) {
            return new OracleComputeEmulator(clock);
        }
    }
}
