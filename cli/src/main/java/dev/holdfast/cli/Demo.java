package dev.holdfast.cli;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.Outcome;
import dev.holdfast.core.backoff.Backoff;
import dev.holdfast.core.error.Pace;
import dev.holdfast.core.gate.Gates;
import dev.holdfast.core.time.Clock;
import dev.holdfast.core.time.Randomness;
import dev.holdfast.okhttp.HoldfastOkHttp;
import dev.holdfast.testkit.emulator.AzureImdsEmulator;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Makes the demo's calls and says whether each ended as it must. */
final class Demo {
    /** Every wait is this part of the service's own. */
    static final int SHORTENED = 10;

    private final DemoReport report;
    private final long seed;
    private final Clock clock;

    Demo(PrintStream out, long seed, Clock clock) {
        this.report = new DemoReport(out, seed);
        this.seed = seed;
        this.clock = clock;
    }

    boolean run() {
        List<DemoCall> calls = DemoCall.all();
        report.begin(calls.size());
        long start = clock.nanoTime();
        OkHttpClient client = new OkHttpClient();
        try (AzureImdsEmulator imds = new AzureImdsEmulator(clock).start()) {
            Holdfast holdfast = holdfast(imds.url());
            for (DemoCall call : calls) {
                // A retry budget lasts for minutes and these calls take seconds: each is to show what it does alone.
                Gates own = Gates.isolated(clock, holdfast.scheduler());
                Call.Factory agent = HoldfastOkHttp.wrap(
                        client, holdfast.toBuilder().gates(own).build());
                call.play().accept(imds);
                report.heading(call);
                int before = imds.requestCount();
                Outcome outcome = make(agent, call);
                report.ended(call, outcome, imds.requestCount() - before);
                imds.stopScenarios();
            }
        } finally {
            client.connectionPool().evictAll();
            client.dispatcher().executorService().shutdown();
        }
        return report.end(Duration.ofNanos(clock.nanoTime() - start));
    }

    private Holdfast holdfast(URI endpoint) {
        Holdfast.Builder builder = Holdfast.builder(AzureImds.SERVICE)
                .endpoint(endpoint)
                .clock(clock)
                .random(Randomness.seeded(seed));
        for (Pace pace : Pace.values()) {
            builder.backoff(pace, shortened(AzureImds.SERVICE.policy().backoff(pace)));
        }
        return builder.build();
    }

    private static Backoff shortened(Backoff backoff) {
        return backoff instanceof Backoff.EqualJitter equal
                ? Backoff.equalJitter(
                        equal.base().dividedBy(SHORTENED), equal.cap().dividedBy(SHORTENED))
                : backoff;
    }

    /** What an agent does, with its address as it stands in its code: the wrapped client knows where the emulator is. */
    private static @Nullable Outcome make(Call.Factory agent, DemoCall call) {
        Request request = new Request.Builder()
                .url(AzureImds.SERVICE.baseUrl() + call.target())
                .build();
        try (Response response = agent.newCall(request).execute()) {
            response.body().bytes();
            return HoldfastOkHttp.outcomeOf(response);
        } catch (IOException e) {
            return Outcome.of(e);
        }
    }
}
