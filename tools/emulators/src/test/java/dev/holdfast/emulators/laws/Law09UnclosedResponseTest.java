package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.Limiters;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Law 9 on a real socket and in real time: four token responses that nothing closed once locked the identity endpoint for the life of the process. */
class Law09UnclosedResponseTest {
    // Guards HandedOutPermit.expired
    @RegisterExtension
    final Bench bench = Bench.skipping();

    @Test
    void fourForgottenResponsesLockNothing() throws Exception {
        bench.script.always(Bench.ok());
        Holdfast holdfast = Holdfast.builder(AzureImds.SERVICE)
                .endpoint(bench.endpoint())
                .limiters(Limiters.isolated())
                .limits("identity", Limits.NONE.concurrency(4))
                .attemptTimeout(Duration.ofMillis(300))
                .deadline(Duration.ofMinutes(4))
                .build();
        Call.Factory calls = HoldfastOkHttp.wrap(bench.client, holdfast);
        Request token = new Request.Builder()
                .url("http://169.254.169.254" + Bench.TOKEN)
                .build();
        CapturedLogs.clear();
        List<Response> forgotten = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            forgotten.add(calls.newCall(token).execute());
        }
        try (Response last = calls.newCall(token).execute()) {
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
}
