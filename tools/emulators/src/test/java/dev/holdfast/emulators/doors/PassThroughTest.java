package dev.holdfast.emulators.doors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Rule;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Adapter.Reply;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.emulators.laws.CapturedLogs;
import java.time.Duration;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The switch for incidents: a call is one request, whatever comes back, and no call waits for another. */
class PassThroughTest {
    private static final String PROPERTY = "holdfast.passThrough";

    @RegisterExtension
    final Bench bench = Bench.skipping();

    @AfterEach
    void clear() {
        System.clearProperty(PROPERTY);
    }

    private Holdfast.Builder careful() {
        return bench.azure()
                .limits("default", Limits.NONE.rate(1, Duration.ofMinutes(1)))
                .rule("mine", Rule.on(400).retry(ErrorKind.UNAVAILABLE));
    }

    private void isPlain(Adapter adapter, Holdfast holdfast) throws Exception {
        for (int status : new int[] {503, 429, 410, 400, 404}) {
            bench.answers(
                    Bench.answer(status, "{}").addHeader("Retry-After", "30").build());
            int before = bench.requests();
            Reply reply = adapter.call(bench, holdfast, Ask.get(Bench.INSTANCE));
            assertThat(reply.status()).isEqualTo(status);
            assertThat(bench.requests() - before).isOne();
        }
        assertThat(bench.time.elapsed()).as("waits").isZero();
        MockResponse last = Bench.ok();
        bench.answers(last);
        assertThat(adapter.call(bench, holdfast, Ask.get(Bench.INSTANCE)).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void byTheMethod(Adapter adapter) throws Exception {
        isPlain(adapter, careful().build().passThrough());
    }

    @ParameterizedTest
    @EnumSource
    void byTheSystemProperty(Adapter adapter) throws Exception {
        System.setProperty(PROPERTY, "true");
        isPlain(adapter, careful().build());
    }

    @ParameterizedTest
    @EnumSource
    void itIsSaidInTheLogAndHeadersStay(Adapter adapter) throws Exception {
        bench.answers(Bench.ok());
        adapter.call(bench, careful().build().passThrough(), Ask.get(Bench.INSTANCE));
        assertThat(bench.script.next().getHeaders().get("Metadata")).isEqualTo("true");
        CapturedLogs.clear();
        careful().build().passThrough();
        assertThat(CapturedLogs.lines()).as("said once").noneMatch(line -> line.contains("passes through"));
    }

    @ParameterizedTest
    @EnumSource
    void withoutItAllIsAsBefore(Adapter adapter) throws Exception {
        System.setProperty(PROPERTY, "false");
        bench.answers(Bench.status(503), Bench.ok());
        assertThat(adapter.call(bench, bench.azure().build(), Ask.get(Bench.INSTANCE))
                        .status())
                .isEqualTo(200);
    }
}
