package dev.holdfast.testkit.junit;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.Limiters;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Service;
import dev.holdfast.okhttp.HoldfastOkHttp;
import dev.holdfast.testkit.emulator.PromptSockets;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** A server on a real socket that gives one answer at a time, and a client that makes one attempt and never waits. */
final class ContractBench implements AutoCloseable {
    private static final int LIMIT_SECONDS = 20;

    private final MockWebServer server = new MockWebServer();
    private final OkHttpClient client = new OkHttpClient();
    private final Holdfast holdfast;
    private final Call.Factory calls;

    ContractBench(Service service) throws IOException {
        server.setServerSocketFactory(new PromptSockets());
        server.start();
        Holdfast.Builder builder = Holdfast.builder(service)
                .endpoint(server.url("/").uri())
                .limiters(Limiters.isolated())
                .limits("default", Limits.NONE)
                .maxAttempts(1)
                .patience(Pace.STARTUP, Duration.ZERO)
                .patience(Pace.MAINTENANCE, Duration.ZERO);
        // A documented rate would make the suite as slow as the service wants its callers.
        service.operations().forEach(operation -> builder.limits(operation.category(), Limits.NONE));
        holdfast = builder.build();
        calls = HoldfastOkHttp.wrap(client, holdfast);
    }

    Holdfast holdfast() {
        return holdfast;
    }

    /** Serves an answer and says what the call came to. */
    @Nullable
    Outcome ask(ContractRequest request, ResponseView answer, boolean async) throws Exception {
        server.enqueue(served(answer));
        Call call = calls.newCall(request.to(server.url("/")));
        try (Response response = async ? enqueued(call) : call.execute()) {
            return HoldfastOkHttp.outcomeOf(response);
        }
    }

    /** The body goes as it is, whatever the headers say of it. */
    private static MockResponse served(ResponseView answer) {
        MockResponse.Builder response = new MockResponse.Builder().code(answer.status());
        answer.headers().asMap().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        return response.body(new Buffer().write(answer.body())).build();
    }

    /** A body beyond the view of an {@link ResponseView}. */
    @Nullable
    Outcome ask(ContractRequest request, int status, byte[] body, String... headers) throws IOException {
        MockResponse.Builder response = new MockResponse.Builder().code(status).body(new Buffer().write(body));
        for (int i = 0; i < headers.length; i += 2) {
            response.addHeader(headers[i], headers[i + 1]);
        }
        server.enqueue(response.build());
        try (Response given = calls.newCall(request.to(server.url("/"))).execute()) {
            return HoldfastOkHttp.outcomeOf(given);
        }
    }

    private static Response enqueued(Call call) throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<Response> future = new CompletableFuture<>();
        call.enqueue(new Callback() {
            @Override
            public void onResponse(Call asked, Response response) {
                future.complete(response);
            }

            @Override
            public void onFailure(Call asked, IOException fault) {
                future.completeExceptionally(fault);
            }
        });
        return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
        server.close();
    }
}
