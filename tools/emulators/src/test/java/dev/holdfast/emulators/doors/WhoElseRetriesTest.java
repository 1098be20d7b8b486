package dev.holdfast.emulators.doors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.emulators.laws.CapturedLogs;
import dev.holdfast.emulators.laws.Once;
import dev.holdfast.okhttp.HoldfastOkHttp;
import okhttp3.Call;
import okhttp3.Response;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An interceptor of the caller's that retries too is told of once, whatever the number of calls, and attempts stay ours. */
class WhoElseRetriesTest {
    @RegisterExtension
    final Bench bench = Bench.skipping();

    private void fourCalls(boolean async) throws Exception {
        CapturedLogs.clear();
        Call.Factory calls = bench.wrap(bench.azure());
        for (int i = 0; i < 4; i++) {
            Call call = calls.newCall(bench.get(Bench.INSTANCE));
            try (Response response = async ? Once.enqueued(call) : call.execute()) {
                assertThat(HoldfastOkHttp.outcomeOf(response).attempts()).hasSize(1);
            }
        }
    }

    private static long reports() {
        return CapturedLogs.lines().stream()
                .filter(line -> line.startsWith("WARN") && line.contains("sent more than one request"))
                .count();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoProceedsTwiceIsReportedOnce(boolean async) throws Exception {
        bench.script.always(Bench.ok());
        bench.client = bench.client(builder -> builder.addInterceptor(chain -> {
            chain.proceed(chain.request()).close();
            return chain.proceed(chain.request());
        }));
        fourCalls(async);
        assertThat(bench.requests()).isEqualTo(8);
        assertThat(reports()).isOne();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoProceedsOnceIsNot(boolean async) throws Exception {
        bench.script.always(Bench.ok());
        bench.client = bench.client(builder -> builder.addInterceptor(chain -> chain.proceed(chain.request())));
        fourCalls(async);
        assertThat(bench.requests()).isEqualTo(4);
        assertThat(reports()).isZero();
    }
}
