package dev.holdfast.emulators.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Rule;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.service.Presence;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.spi.ErrorDialect;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.emulators.laws.CapturedLogs;
import dev.holdfast.jdk.HoldfastHttpClient;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Am I on this cloud? One attempt, a second at the most, quiet; an absence is asked about again after 30 s. */
class ProbeTest {
    private static final HttpClient JDK =
            HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();

    @RegisterExtension
    final Bench bench = Bench.manual();

    private enum Way {
        OKHTTP,
        JDK
    }

    private Presence probe(Way way, Holdfast holdfast) {
        return way == Way.OKHTTP
                ? HoldfastOkHttp.probe(bench.client, holdfast)
                : HoldfastHttpClient.wrap(JDK, holdfast).probe();
    }

    @BeforeEach
    void quietBefore() {
        CapturedLogs.clear();
    }

    @AfterEach
    void nothingWasLoggedAboveDebug() {
        assertThat(CapturedLogs.lines()).noneMatch(line -> line.matches("(INFO|WARN|ERROR) .*"));
    }

    private static MockResponse page(int status) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("Server", "squid")
                .addHeader("Content-Type", "text/html")
                .body("<html><body>Somebody else</body></html>")
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerOrAnErrorOfItsOwnIsPresenceAndIsRemembered(Way way) {
        bench.answers(Bench.ok());
        Holdfast holdfast = bench.azure().build();
        assertThat(probe(way, holdfast)).isEqualTo(Presence.PRESENT);
        assertThat(probe(way, holdfast)).isEqualTo(Presence.PRESENT);
        assertThat(bench.requests()).isOne();
        bench.answers(Bench.status(410));
        Holdfast withARule = bench.azure()
                .rule("mine", Rule.on(410).fail(ErrorKind.CONFLICT))
                .build();
        assertThat(probe(way, withARule))
                .as("a rule of the caller's says nothing of who answers")
                .isEqualTo(Presence.PRESENT);
        assertThat(bench.requests()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void aForeignPageIsAbsenceWhichIsAskedAboutAgainAfter30Seconds(Way way) throws Exception {
        bench.answers(page(404), page(403), Bench.ok());
        Holdfast holdfast = bench.azure().build();
        assertThat(probe(way, holdfast)).isEqualTo(Presence.ABSENT);
        bench.time.advance(Duration.ofMillis(29_999));
        assertThat(probe(way, holdfast)).isEqualTo(Presence.ABSENT);
        assertThat(bench.requests()).isOne();
        bench.time.advance(Duration.ofMillis(1));
        assertThat(probe(way, holdfast)).isEqualTo(Presence.ABSENT);
        bench.time.advance(Duration.ofSeconds(30));
        assertThat(probe(way, holdfast)).isEqualTo(Presence.PRESENT);
        assertThat(bench.requests()).isEqualTo(3);
    }

    /** The dialect of a service whose every response has a header of its own. */
    private static final class Marked implements ErrorDialect {
        @Override
        public boolean recognises(Context context) {
            return "mine".equals(context.response().headers().first("X-Mark"));
        }

        @Override
        public Intermediary intermediary(Context context) {
            return Intermediary.fail("any", "Look.", "test");
        }
    }

    @ParameterizedTest
    @EnumSource
    void itsOwnMarkIsPresenceWhateverDecided(Way way) {
        bench.answers(
                new MockResponse.Builder().code(404).addHeader("X-Mark", "mine").build(), Bench.status(404));
        Service marked = Service.builder("test/marked")
                .baseUrl(bench.endpoint().toString())
                .dialect(new Marked())
                .build();
        assertThat(probe(way, bench.here(Holdfast.builder(marked)).build())).isEqualTo(Presence.PRESENT);
        assertThat(probe(way, bench.here(Holdfast.builder(marked)).build())).isEqualTo(Presence.ABSENT);
    }

    @ParameterizedTest
    @EnumSource
    void nobodyAtThePortIsAbsenceUnderEveryPreset(Way way) throws Exception {
        try (Socket taken = new Socket()) {
            taken.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
            URI nobody = URI.create("http://127.0.0.1:" + taken.getLocalPort());
            assertThat(probe(way, bench.azure().endpoint(nobody).build())).isEqualTo(Presence.ABSENT);
            Holdfast boot = bench.here(AzureImds.boot()).endpoint(nobody).build();
            assertThat(probe(way, boot)).isEqualTo(Presence.ABSENT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServiceThatNeverAnswersIsUnknownWithinItsLimitAndRememberedFor5Seconds(Way way) throws Exception {
        bench.script.hold();
        Holdfast holdfast = bench.azure().probeTimeout(Duration.ofMillis(100)).build();
        assertThat(probe(way, holdfast)).isEqualTo(Presence.UNKNOWN);
        assertThat(bench.requests()).isOne();
        bench.script.always(Bench.ok());
        bench.script.release();
        bench.time.advance(Duration.ofMillis(4_999));
        assertThat(probe(way, holdfast)).isEqualTo(Presence.UNKNOWN);
        Holdfast patient =
                holdfast.toBuilder().probeTimeout(Duration.ofSeconds(30)).build();
        assertThat(probe(way, patient)).isEqualTo(Presence.PRESENT);
    }

    @ParameterizedTest
    @EnumSource
    void aServiceInTroubleIsAskedOnce(Way way) {
        bench.script.always(Bench.status(503));
        // A wait that the deadline would allow.
        Backoff soon = Backoff.fixed(Duration.ofMillis(1));
        probe(way, bench.azure().backoff(Pace.TRANSIENT, soon).build());
        assertThat(bench.requests()).isOne();
        assertThat(bench.time.elapsed()).isZero();
    }

    /** A gateway's error without the service's mark proves nothing. */
    @ParameterizedTest
    @EnumSource
    void aGatewaysErrorIsUnknown(Way way) {
        bench.answers(page(503));
        assertThat(probe(way, bench.azure().build())).isEqualTo(Presence.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT30.000000001S"})
    void aLimitOutOfRangeIsRefused(Duration limit) {
        assertThatThrownBy(() -> bench.azure().probeTimeout(limit))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("probeTimeout must be above zero and at most 30 s, but is " + limit);
    }
}
