package dev.holdfast.emulators.seeds;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.Limiters;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.okhttp.HoldfastOkHttp;
import dev.holdfast.testkit.emulator.PromptSockets;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** One server that plays all five services, a row at a time, and a client that makes one attempt and never waits. */
final class SeedServer implements AutoCloseable {
    private final MockWebServer server = new MockWebServer();
    private final OkHttpClient client = new OkHttpClient();
    private final Map<SeedService, Call.Factory> calls = new EnumMap<>(SeedService.class);

    SeedServer() throws IOException {
        server.setServerSocketFactory(new PromptSockets());
        server.start();
        for (SeedService seed : SeedService.values()) {
            Holdfast.Builder holdfast = Holdfast.builder(seed.service)
                    .endpoint(server.url("/").uri())
                    .limiters(Limiters.isolated())
                    .limits("default", Limits.NONE)
                    .maxAttempts(1)
                    .patience(Pace.STARTUP, Duration.ZERO)
                    .patience(Pace.MAINTENANCE, Duration.ZERO);
            seed.service.operations().forEach(operation -> holdfast.limits(operation.category(), Limits.NONE));
            calls.put(seed, HoldfastOkHttp.wrap(client, holdfast.build()));
        }
    }

    Response execute(SeedRow row, String message) throws IOException {
        return call(row, message).execute();
    }

    Response enqueue(SeedRow row, String message) throws Exception {
        CompletableFuture<Response> future = new CompletableFuture<>();
        call(row, message).enqueue(new Callback() {
            @Override
            public void onResponse(Call call, Response response) {
                future.complete(response);
            }

            @Override
            public void onFailure(Call call, IOException fault) {
                future.completeExceptionally(fault);
            }
        });
        return future.get();
    }

    private Call call(SeedRow row, String message) {
        server.enqueue(new MockResponse.Builder()
                .code(row.status())
                .addHeader("Content-Type", "application/json; charset=utf-8")
                .body(row.body(message))
                .build());
        Request request = new Request.Builder()
                .url(server.url("/").resolve(row.service().target))
                .build();
        return calls.get(row.service()).newCall(request);
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
        server.close();
    }
}
