package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Adapter.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Law 1: what an HTTP client would repeat by itself goes over the wire once for each attempt, and nothing of the cure is seen. */
class Law01OneAttemptOneRequestTest {
    // Guards HoldfastCallFactory: networkInterceptors().add(0, new WireGuard()); for java.net.http AttemptBody,
    // which gives its length once
    @RegisterExtension
    final Bench bench = Bench.skipping();

    private Reply once(Adapter adapter) throws Exception {
        return adapter.call(bench, bench.azure().maxAttempts(1).build(), Ask.get(Bench.INSTANCE));
    }

    private void assertOneRequest(Reply reply, int status, StopReason reason) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(bench.requests()).isOne();
        assertThat(reply.outcome().attempts()).hasSize(1);
        assertThat(reply.outcome().reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @EnumSource
    void requestTimeout408(Adapter adapter) throws Exception {
        bench.script.always(Bench.status(408));
        assertOneRequest(once(adapter), 408, StopReason.ATTEMPTS);
    }

    @ParameterizedTest
    @EnumSource
    void requestTimeout408IsRepeatedByThePolicyOnly(Adapter adapter) throws Exception {
        bench.answers(Bench.status(408), Bench.ok());
        Reply reply = adapter.call(bench, bench.azure().build(), Ask.get(Bench.INSTANCE));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.outcome().attempts()).hasSize(2);
        assertThat(bench.requests()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void unavailable503WithRetryAfterZero(Adapter adapter) throws Exception {
        bench.script.always(
                Bench.answer(503, "{}").addHeader("Retry-After", "0").build());
        Reply reply = once(adapter);
        assertOneRequest(reply, 503, StopReason.ATTEMPTS);
        assertThat(reply.headers().values("Retry-After")).containsExactly("0");
    }

    @ParameterizedTest
    @EnumSource
    void unavailable503WithRetryAfterThatNoIntegerHolds(Adapter adapter) throws Exception {
        bench.script.always(Bench.answer(503, "whole")
                .addHeader("Retry-After", "99999999999")
                .build());
        Reply reply = adapter.call(bench, bench.azure().build(), Ask.get(Bench.INSTANCE));
        assertOneRequest(reply, 503, StopReason.RETRY_AFTER_TOO_LONG);
        assertThat(reply.headers().values("Retry-After")).containsExactly("99999999999");
        assertThat(reply.body()).isEqualTo("whole");
        assertThat(bench.time.elapsed()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void requestTimeout408KeepsItsRetryAfter(Adapter adapter) throws Exception {
        bench.script.always(
                Bench.answer(408, "{}").addHeader("retry-after", "0").build());
        Reply reply = once(adapter);
        assertOneRequest(reply, 408, StopReason.ATTEMPTS);
        assertThat(reply.headers().values("Retry-After")).containsExactly("0");
    }

    @Test
    void noInterceptorOfTheCallerSeesTheHeaderUnderAnotherName() throws Exception {
        bench.script.always(
                Bench.answer(503, "{}").addHeader("Retry-After", "0").build());
        List<String> seen = new ArrayList<>();
        bench.client =
                bench.client(builder -> builder.addInterceptor(chain -> note(chain.proceed(chain.request()), seen))
                        .addNetworkInterceptor(chain -> note(chain.proceed(chain.request()), seen)));
        try (Response response = bench.call(bench.azure().maxAttempts(1)).execute()) {
            note(response, seen);
            note(response.networkResponse(), seen);
        }
        assertThat(seen).containsExactly("0", "0", "0", "0");
    }

    private static Response note(Response response, List<String> seen) {
        seen.add(response.header("Retry-After"));
        assertThat(response.headers().names()).noneMatch(name -> name.startsWith("Holdfast"));
        return response;
    }

    @ParameterizedTest
    @EnumSource
    void redirect(Adapter adapter) throws Exception {
        bench.script.always(Bench.answer(302, "moved")
                .addHeader("Location", bench.url("/elsewhere"))
                .build());
        Reply reply = once(adapter);
        assertOneRequest(reply, 302, StopReason.FAILED);
        assertThat(reply.outcome().decision().kind()).isEqualTo(ErrorKind.INTERMEDIARY);
        assertThat(reply.headers().get("Location")).endsWith("/elsewhere");
        assertThat(reply.body()).isEqualTo("moved");
    }

    @ParameterizedTest
    @EnumSource(value = Adapter.class, names = "OKHTTP.*", mode = EnumSource.Mode.MATCH_ALL)
    void unauthorised401AsksNoAuthenticator(Adapter adapter) throws Exception {
        bench.script.always(Bench.answer(401, "{}")
                .addHeader("WWW-Authenticate", "Basic realm=\"x\"")
                .build());
        AtomicInteger asked = new AtomicInteger();
        bench.client = bench.client(builder -> builder.authenticator((route, response) -> {
            asked.incrementAndGet();
            return response.request().newBuilder().header("Authorization", "x").build();
        }));
        assertOneRequest(once(adapter), 401, StopReason.FAILED);
        assertThat(asked).hasValue(0);
    }
}
