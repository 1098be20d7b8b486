package dev.holdfast.cli;

import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.time.TimeSource;
import dev.holdfast.emulators.demo.DemoCall;
import dev.holdfast.emulators.demo.DemoProvider;
import dev.holdfast.emulators.demo.DemoSetting;
import dev.holdfast.emulators.demo.DemoStage;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Makes the demo's calls and says whether each ended as it must. */
final class Demo {
    private final DemoReport report;
    private final long seed;
    private final TimeSource clock;

    Demo(PrintStream out, long seed, TimeSource clock) {
        this.report = new DemoReport(out, seed);
        this.seed = seed;
        this.clock = clock;
    }

    boolean run() {
        List<DemoCall> calls = calls();
        report.begin(calls);
        long start = clock.nanoTime();
        OkHttpClient client = new OkHttpClient();
        DemoSetting setting = new DemoSetting(clock, asked -> HoldfastOkHttp.serviceClient(client, asked));
        try {
            List<String> all = calls.stream().map(DemoCall::stage).distinct().toList();
            for (String each : all) {
                List<DemoCall> here =
                        calls.stream().filter(call -> call.stage().equals(each)).toList();
                try (DemoStage stage = stage(here.get(0), setting)) {
                    here.forEach(call -> play(client, stage, call));
                }
            }
        } finally {
            client.connectionPool().evictAll();
            client.dispatcher().executorService().shutdown();
        }
        return report.end(Duration.ofNanos(clock.nanoTime() - start));
    }

    /** The calls of every provider on the path. */
    static List<DemoCall> calls() {
        return DemoProvider.all().stream()
                .flatMap(provider -> provider.calls().stream())
                .toList();
    }

    private static DemoStage stage(DemoCall call, DemoSetting setting) {
        return DemoProvider.all().stream()
                .filter(provider -> provider.calls().stream()
                        .anyMatch(other -> other.service().equals(call.service())))
                .findFirst()
                .orElseThrow()
                .stage(call.service(), setting);
    }

    private void play(OkHttpClient client, DemoStage stage, DemoCall call) {
        if (stage.credentials() != null) {
            // The agent has a credential from before, which is what most refusals are about.
            stage.credentials().current().join();
        }
        call.play().accept(stage.emulator());
        report.heading(call);
        int before = stage.requests();
        int tokensBefore = stage.tokenRequests();
        Outcome outcome = make(new DemoAgent(client, clock).on(stage, seed + report.number()), stage, call);
        report.ended(call, outcome, stage.requests() - before, stage.tokenRequests() - tokensBefore);
        stage.emulator().stopScenarios();
    }

    /** What an agent does, with its address as it stands in its code: the wrapped client knows where the emulator is. */
    private static @Nullable Outcome make(Call.Factory agent, DemoStage stage, DemoCall call) {
        Request.Builder request = new Request.Builder().url(stage.service().baseUrl() + call.target());
        call.headers().forEach(request::header);
        try (Response response = agent.newCall(request.build()).execute()) {
            response.body().bytes();
            return HoldfastOkHttp.outcomeOf(response);
        } catch (IOException e) {
            return Outcome.of(e);
        }
    }
}
