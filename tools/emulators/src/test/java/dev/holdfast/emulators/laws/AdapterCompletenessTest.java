package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import kotlin.jvm.JvmClassMappingKt;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A wrapped call is a full call: everything that OkHttp's own can do, it does. */
class AdapterCompletenessTest {
    @RegisterExtension
    final Bench bench = Bench.skipping();

    private Call call() {
        return bench.call(bench.azure());
    }

    @Test
    void requestIsTheCallersOwn() {
        Request request = bench.get(Bench.INSTANCE);
        assertThat(bench.call(bench.azure(), request).request()).isSameAs(request);
    }

    @Test
    void aCallRunsOnce() throws Exception {
        bench.script.always(Bench.ok());
        Call call = call();
        assertThat(call.isExecuted()).isFalse();
        call.execute().close();
        assertThat(call.isExecuted()).isTrue();
        assertThatThrownBy(call::execute).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> call.enqueue(new Once())).isInstanceOf(IllegalStateException.class);
        assertThat(bench.requests()).isOne();
    }

    @Test
    void aCloneRunsOnItsOwn() throws Exception {
        bench.answers(Bench.status(503), Bench.ok(), Bench.ok());
        Call call = call();
        call.execute().close();
        Call clone = call.clone();
        assertThat(clone.isExecuted()).isFalse();
        assertThat(clone.request()).isSameAs(call.request());
        call.cancel();
        assertThat(clone.isCanceled()).isFalse();
        try (Response response = clone.execute()) {
            assertThat(response.code()).isEqualTo(200);
        }
        assertThat(bench.requests()).isEqualTo(3);
    }

    @Test
    void tagsOfTheRequestAndOfTheCallAreThere() {
        Request tagged = bench.get(Bench.INSTANCE)
                .newBuilder()
                .tag(String.class, "the request's")
                .build();
        Call call = bench.call(bench.azure(), tagged);
        assertThat(call.tag(String.class)).isEqualTo("the request's");
        assertThat(call.tag(Integer.class)).isNull();
        assertThat(call.tag(Integer.class, () -> 1)).isEqualTo(1);
        assertThat(call.tag(Integer.class, () -> 2)).isEqualTo(1);
        assertThat(call.tag(JvmClassMappingKt.getKotlinClass(String.class))).isEqualTo("the request's");
        assertThat(call.tag(JvmClassMappingKt.getKotlinClass(Long.class), () -> 3L))
                .isEqualTo(3L);
    }

    @Test
    void aTagOfTheRequestReachesTheResponse() throws Exception {
        bench.answers(Bench.status(503), Bench.ok());
        Request tagged =
                bench.get(Bench.INSTANCE).newBuilder().tag(String.class, "mine").build();
        try (Response response = bench.call(bench.azure(), tagged).execute()) {
            assertThat(response.request().tag(String.class)).isEqualTo("mine");
        }
    }

    @Test
    void theTimeoutStartsAsTheClientsCallTimeout() {
        OkHttpClient hurried = bench.client(builder -> builder.callTimeout(7, TimeUnit.SECONDS));
        Call call = HoldfastOkHttp.wrap(hurried, bench.azure().build()).newCall(bench.get(Bench.INSTANCE));
        assertThat(call.timeout().timeoutNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(7));
        assertThat(call().timeout().timeoutNanos()).isZero();
    }

    @Test
    void aCleanFirstSuccessHasAnOutcomeToo() throws Exception {
        bench.answers(Bench.ok());
        try (Response response = call().execute()) {
            Outcome outcome = HoldfastOkHttp.outcomeOf(response);
            assertThat(outcome.succeeded()).isTrue();
            assertThat(outcome.operation()).isEqualTo("instance");
            assertThat(outcome.attempts()).hasSize(1);
        }
    }

    @Test
    void aResponseOfAnotherClientHasNone() throws Exception {
        bench.answers(Bench.ok());
        try (Response response = bench.client.newCall(bench.get("/")).execute()) {
            assertThat(HoldfastOkHttp.outcomeOf(response)).isNull();
        }
    }

    @Test
    void theWrappedClientIsNotChanged() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        OkHttpClient client = bench.client(builder -> builder.addInterceptor(chain -> {
            asked.incrementAndGet();
            return chain.proceed(chain.request());
        }));
        HoldfastOkHttp.wrap(client, bench.azure().build());
        assertThat(client.interceptors()).hasSize(1);
        assertThat(client.networkInterceptors()).isEmpty();
        assertThat(client.retryOnConnectionFailure()).isTrue();
        assertThat(client.followRedirects()).isTrue();
        assertThat(client.connectionPool()).isSameAs(bench.client.connectionPool());
        assertThat(asked).hasValue(0);
    }
}
