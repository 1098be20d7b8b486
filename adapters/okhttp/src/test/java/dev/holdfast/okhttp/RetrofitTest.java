package dev.holdfast.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.service.Service;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.http.GET;
import retrofit2.http.Query;

/** Retrofit on a wrapped client: its calls are repeated without knowing it. */
class RetrofitTest {
    private static final Service SERVICE = Service.builder("test/metadata")
            .baseUrl("http://169.254.169.254")
            .linkLocal()
            .build();

    private final MockWebServer server = new MockWebServer();
    private final OkHttpClient client = new OkHttpClient();
    private Metadata metadata;

    interface Metadata {
        @GET("/metadata/instance")
        Call<ResponseBody> instance(@Query("api-version") String version);
    }

    @BeforeEach
    void start() throws IOException {
        server.start();
        Holdfast holdfast = Holdfast.builder(SERVICE)
                .endpoint(URI.create("http://127.0.0.1:" + server.getPort()))
                .backoff(Pace.TRANSIENT, Backoff.fixed(Duration.ZERO))
                .build();
        metadata = new Retrofit.Builder()
                .baseUrl("http://169.254.169.254")
                .callFactory(HoldfastOkHttp.wrap(client, holdfast))
                .build()
                .create(Metadata.class);
    }

    @AfterEach
    void stop() {
        server.close();
        client.dispatcher().executorService().shutdown();
        assertThat(client.connectionPool().connectionCount())
                .isEqualTo(client.connectionPool().idleConnectionCount());
    }

    private void answers(int... statuses) {
        for (int status : statuses) {
            server.enqueue(new MockResponse.Builder()
                    .code(status)
                    .body("answer " + status)
                    .build());
        }
    }

    private static final class Heard extends CompletableFuture<Response<ResponseBody>>
            implements Callback<ResponseBody> {
        private final AtomicInteger told = new AtomicInteger();

        @Override
        public void onResponse(Call<ResponseBody> call, Response<ResponseBody> response) {
            told.incrementAndGet();
            complete(response);
        }

        @Override
        public void onFailure(Call<ResponseBody> call, Throwable thrown) {
            told.incrementAndGet();
            completeExceptionally(thrown);
        }
    }

    private Response<ResponseBody> enqueued() throws Exception {
        Heard heard = new Heard();
        metadata.instance("2021-02-01").enqueue(heard);
        Response<ResponseBody> response = heard.get();
        assertThat(heard.told).hasValue(1);
        return response;
    }

    @Test
    void executeIsRepeated() throws Exception {
        answers(503, 500, 200);
        Response<ResponseBody> response = metadata.instance("2021-02-01").execute();
        assertThat(response.body().string()).isEqualTo("answer 200");
        assertThat(HoldfastOkHttp.outcomeOf(response.raw()).attempts()).hasSize(3);
        assertThat(server.getRequestCount()).isEqualTo(3);
        assertThat(server.takeRequest().getTarget()).isEqualTo("/metadata/instance?api-version=2021-02-01");
    }

    @Test
    void enqueueIsRepeated() throws Exception {
        answers(503, 500, 200);
        Response<ResponseBody> response = enqueued();
        assertThat(response.body().string()).isEqualTo("answer 200");
        assertThat(server.getRequestCount()).isEqualTo(3);
    }

    @Test
    void aFailureIsHandedOutWithItsBody() throws Exception {
        answers(404, 404);
        Response<ResponseBody> executed = metadata.instance("x").execute();
        assertThat(executed.code()).isEqualTo(404);
        assertThat(executed.errorBody().string()).isEqualTo("answer 404");
        assertThat(enqueued().errorBody().string()).isEqualTo("answer 404");
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void whereNobodyAnswersTheExceptionTellsAllAttempts() {
        for (int i = 0; i < 4; i++) {
            server.enqueue(new MockResponse.Builder()
                    .onResponseStart(new SocketEffect.CloseSocket())
                    .build());
        }
        Heard heard = new Heard();
        metadata.instance("x").enqueue(heard);
        Throwable thrown = heard.handle((response, e) -> e).join();
        assertThat(Outcome.of(thrown).attempts()).hasSize(4);
        assertThat(server.getRequestCount()).isEqualTo(4);
    }

    @Test
    void aCloneIsRepeatedToo() throws Exception {
        answers(200, 503, 200);
        Call<ResponseBody> call = metadata.instance("x");
        call.execute().body().close();
        Response<ResponseBody> again = call.clone().execute();
        assertThat(again.body().string()).isEqualTo("answer 200");
        assertThat(server.getRequestCount()).isEqualTo(3);
    }
}
