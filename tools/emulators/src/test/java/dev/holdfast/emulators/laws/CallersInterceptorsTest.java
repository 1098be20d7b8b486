package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Response;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the caller has hung into his client runs once for each attempt, because each attempt is a call of the derived client. */
class CallersInterceptorsTest {
    @RegisterExtension
    final Bench bench = Bench.skipping();

    private final List<String> heard = new CopyOnWriteArrayList<>();

    private void threeAttempts(Call call, boolean async) throws Exception {
        bench.answers(Bench.status(503), Bench.status(503), Bench.ok());
        try (Response response = async ? Once.enqueued(call) : call.execute()) {
            assertThat(response.code()).isEqualTo(200);
        }
        assertThat(bench.requests()).isEqualTo(3);
    }

    private EventListener listening(String prefix) {
        return new EventListener() {
            @Override
            public void callStart(Call call) {
                heard.add(prefix + "start");
            }

            @Override
            public void responseHeadersEnd(Call call, Response response) {
                heard.add(prefix + response.code());
            }
        };
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void applicationInterceptorsRunOnceAnAttempt(boolean async) throws Exception {
        bench.client = bench.client(builder -> builder.addInterceptor(chain -> {
            Response response = chain.proceed(chain.request());
            heard.add("application " + response.code());
            return response;
        }));
        threeAttempts(bench.call(bench.azure()), async);
        assertThat(heard).containsExactly("application 503", "application 503", "application 200");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void networkInterceptorsRunOnceAnAttempt(boolean async) throws Exception {
        bench.client = bench.client(builder -> builder.addNetworkInterceptor(chain -> {
            heard.add("network " + chain.request().header("Metadata"));
            return chain.proceed(chain.request());
        }));
        threeAttempts(bench.call(bench.azure()), async);
        assertThat(heard).containsExactly("network true", "network true", "network true");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anInterceptorsDateOrNonceIsNewInEachAttempt(boolean async) throws Exception {
        bench.client = bench.client(builder -> builder.addInterceptor(chain -> {
            heard.add("nonce");
            return chain.proceed(chain.request()
                    .newBuilder()
                    .header("X-Nonce", String.valueOf(heard.size()))
                    .build());
        }));
        threeAttempts(bench.call(bench.azure()), async);
        for (int i = 1; i <= 3; i++) {
            assertThat(bench.script.next().getHeaders().values("X-Nonce")).containsExactly(String.valueOf(i));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theClientsEventListenerHearsOfEachAttempt(boolean async) throws Exception {
        bench.client = bench.client(builder -> builder.eventListener(listening("")));
        threeAttempts(bench.call(bench.azure()), async);
        assertThat(heard).containsExactly("start", "503", "start", "503", "start", "200");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anEventListenerAddedToACallHearsOfEachOfItsAttempts(boolean async) throws Exception {
        Call call = bench.call(bench.azure());
        call.addEventListener(listening("added "));
        threeAttempts(call, async);
        assertThat(heard)
                .containsExactly("added start", "added 503", "added start", "added 503", "added start", "added 200");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAnswerThatAnInterceptorMakesUpIsDecidedLikeAnyOther(boolean async) throws Exception {
        bench.answers(Bench.ok());
        bench.client = bench.client(builder -> builder.addInterceptor(chain -> {
            heard.add("asked");
            Response response = chain.proceed(chain.request());
            if (heard.size() > 1) {
                return response;
            }
            return response.newBuilder().code(503).message("made up").build();
        }));
        bench.answers(Bench.ok());
        Call call = bench.call(bench.azure());
        try (Response response = async ? Once.enqueued(call) : call.execute()) {
            assertThat(response.code()).isEqualTo(200);
        }
        assertThat(heard).hasSize(2);
    }
}
