package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.Limiters;
import dev.holdfast.core.policy.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Call;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Law 9 on a real socket: four token responses that the caller never closed once locked the identity endpoint for the life of the process. */
class Law09UnclosedResponseTest {
    // Guards HandedOutPermit.expired
    /** The identity endpoint's own attempt timeout, which a policy's shorter one does not replace. */
    private static final Duration ATTEMPT = Duration.ofSeconds(100);

    private static final int PERMITS = 4;

    @RegisterExtension
    final Bench bench = Bench.manual();

    @Test
    void fourForgottenResponsesLockNothing() throws Exception {
        bench.script.always(Bench.ok());
        Call.Factory calls = bench.wrap(bench.here(Holdfast.builder(AzureImds.SERVICE))
                .limiters(Limiters.isolated(bench.time, bench.time))
                .limits("identity", Limits.NONE.concurrency(PERMITS))
                .deadline(Duration.ofMinutes(10)));
        CapturedLogs.clear();
        List<Response> forgotten = new ArrayList<>();
        for (int i = 0; i < PERMITS; i++) {
            forgotten.add(calls.newCall(bench.get(Bench.TOKEN)).execute());
        }
        forgotten.addAll(afterTheAttempt(calls, PERMITS));
        try (Response last = afterTheAttempt(calls, 1).get(0)) {
            assertThat(last.code()).isEqualTo(200);
        }
        assertThat(CapturedLogs.lines().stream().filter(line -> line.contains("not closed")))
                .as("one line for the operation, however many responses")
                .hasSize(1)
                .first()
                .asString()
                .contains("azure/imds identity");
        forgotten.forEach(Response::close);
    }

    /** Lets callers wait beside the forgotten responses until the attempt timeout of those is over. */
    private List<Response> afterTheAttempt(Call.Factory calls, int callers) throws Exception {
        List<Background<Response>> waiting = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            waiting.add(
                    Background.run(() -> calls.newCall(bench.get(Bench.TOKEN)).execute()));
        }
        bench.time.awaitWaiters(PERMITS + callers);
        int before = bench.requests();
        bench.time.advance(ATTEMPT.minusNanos(1));
        assertThat(bench.requests()).as("requests before a permit is free").isEqualTo(before);
        bench.time.advance(Duration.ofNanos(1));
        List<Response> responses = new ArrayList<>();
        for (Background<Response> call : waiting) {
            responses.add(call.get());
        }
        return responses;
    }
}
