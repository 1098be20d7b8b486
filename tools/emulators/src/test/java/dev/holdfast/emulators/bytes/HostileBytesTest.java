package dev.holdfast.emulators.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.outcome.Attempt;
import dev.holdfast.core.time.VirtualTime;
import dev.holdfast.emulators.bytes.Answers.End;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.RawServer;
import dev.holdfast.emulators.laws.RawServer.Talk;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Law 3: header lines without a colon, lengths that are none, bodies that cannot come and floods, over raw sockets. An answer is judged by
 * its status, or thrown as the plain client throws it; nothing unchecked leaves a call, and no thread ends with an exception.
 */
class HostileBytesTest {
    private static final String OK = "\r\nContent-Length: 2\r\n\r\nok";

    private final Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
    private Thread.UncaughtExceptionHandler before;

    @BeforeEach
    void listen() {
        before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
            if (!thread.getName().equals(Answers.PLAIN)) {
                uncaught.add(thrown);
            }
        });
    }

    @AfterEach
    void nothingRanUncaught() {
        Thread.setDefaultUncaughtExceptionHandler(before);
        assertThat(uncaught).isEmpty();
    }

    /** Each connection has one answer, and ends with it. */
    private static Talk says(String answer) {
        return line -> {
            line.request();
            line.say(answer);
        };
    }

    /** The client must not wait for more: there is none, and the connection stays. */
    private static Talk saysAndWaits(String answer) {
        return line -> {
            line.request();
            line.say(answer);
            line.fallSilent();
        };
    }

    private static Talk floods(String head, String unit) {
        String much = unit.repeat(20_000 / unit.length());
        return line -> {
            line.request();
            line.say(head);
            while (true) {
                line.say(much);
            }
        };
    }

    private static String head(int status, String lines) {
        return "HTTP/1.1 " + status + " X\r\nConnection: close\r\n" + lines;
    }

    private static final Map<String, String> HEADS = Map.of(
            "no colon", "no colon here" + OK,
            "folded", "X-Why: a long\r\n reason" + OK,
            "folded length", "Content-Length:\r\n 2\r\n\r\nok",
            "empty name", ": value" + OK,
            "doubled length", "Content-Length: 2" + OK,
            "own headers", "Holdfast-Retry-After: 7\r\nHoldfast-Status: 204" + OK,
            "trailers", "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Trailer: 1\r\n\r\n",
            "both lengths", "Content-Length: 12\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n");

    static Stream<Arguments> readable() {
        return HEADS.keySet().stream()
                .flatMap(name -> Stream.of(200, 404, 408, 503)
                        .flatMap(status ->
                                Stream.of(Adapter.values()).map(adapter -> Arguments.of(name, status, adapter))));
    }

    private static Holdfast holdfast(RawServer server) {
        VirtualTime time = VirtualTime.skipping();
        return Holdfast.builder(AzureImds.SERVICE)
                .endpoint(server.endpoint())
                .timeSource(time)
                .scheduler(time)
                .maxAttempts(2)
                .withoutBudget()
                .build();
    }

    private static End ours(Adapter adapter, Talk talk) throws Exception {
        try (RawServer server = new RawServer(talk);
                Answers answers = new Answers()) {
            return answers.ours(adapter, server, holdfast(server));
        }
    }

    private static End plain(Adapter adapter, Talk talk) throws Exception {
        try (RawServer server = new RawServer(talk);
                Answers answers = new Answers()) {
            return answers.plain(adapter, server);
        }
    }

    /** What the plain client reads, ours reads, with the same status and as many bytes; with Retry-After beside it, too. */
    @ParameterizedTest(name = "{2} {1} {0}")
    @MethodSource("readable")
    void whatThePlainClientReadsIsJudgedByItsStatus(String name, int status, Adapter adapter) throws Exception {
        Talk talk = says(head(status, "Retry-After: 1\r\n" + HEADS.get(name)));
        End plain = plain(adapter, talk);
        End ours = ours(adapter, talk);
        assertThat(ours).hasToString(plain.toString());
        assertThat(ours.outcome().attempts()).extracting(Attempt::status).containsOnly(status);
    }

    private static final Map<String, String> UNREADABLE = Map.of(
            "negative length", "Content-Length: -5\r\n\r\nok",
            "huge length", "Content-Length: 99999999999999999999\r\n\r\nok",
            "worded length", "Content-Length: two\r\n\r\nok",
            "no chunk", "Transfer-Encoding: chunked\r\n\r\nzz\r\nok\r\n0\r\n\r\n",
            "negative chunk", "Transfer-Encoding: chunked\r\n\r\n-2\r\nok\r\n0\r\n\r\n",
            "huge chunk", "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nok\r\n0\r\n\r\n");

    static Stream<Arguments> unreadable() {
        return UNREADABLE.keySet().stream()
                .flatMap(name -> Stream.of(200, 404, 503)
                        .flatMap(status ->
                                Stream.of(Adapter.values()).map(adapter -> Arguments.of(name, status, adapter))));
    }

    /** The status of an error decides; a success that cannot be read is thrown as the plain client throws it, and the status is named. */
    @ParameterizedTest(name = "{2} {1} {0}")
    @MethodSource("unreadable")
    void aBodyThatCannotBeRead(String name, int status, Adapter adapter) throws Exception {
        Talk talk = says(head(status, UNREADABLE.get(name)));
        End plain = plain(adapter, talk);
        End ours = ours(adapter, talk);
        if (plain.thrown() == null) {
            assertThat(ours).hasToString(plain.toString());
        } else if (plain.thrown() instanceof IOException) {
            assertThat(ours.thrown()).isInstanceOf(plain.thrown().getClass());
        } else if (status != 200 || !adapter.isOkHttp()) {
            // The plain client throws what is no IOException; ours does not, but where the caller reads the body
            // itself.
            assertThat(ours.thrown()).isExactlyInstanceOf(ProtocolException.class);
        }
        for (Attempt attempt : ours.outcome().attempts()) {
            Decision decision = attempt.decision();
            if (attempt.status() == null) {
                assertThat(decision.rule()).isEqualTo("fault/protocol");
                assertThat(decision.advice()).contains("status " + status);
            } else {
                assertThat(attempt.status()).isEqualTo(status);
            }
        }
        assertThat(ours.outcome().attempts()).hasSize(status == 503 ? 2 : 1);
    }

    /** No body can come with these, whatever their headers say, and nothing waits for it; 204 is a fault where a client makes it one. */
    @ParameterizedTest
    @EnumSource
    void aBodyThatCannotComeIsNotWaitedFor(Adapter adapter) throws Exception {
        for (String lines : new String[] {"Content-Length: 5\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n"}) {
            End ours = ours(adapter, saysAndWaits(head(304, lines)));
            assertThat(ours).hasToString("304, 0 bytes");
            assertThat(ours.outcome().attempts()).hasSize(1);
        }
        End refused = ours(adapter, saysAndWaits(head(204, "Content-Length: 5\r\n\r\n")));
        assertThat(refused.thrown()).isInstanceOf(IOException.class);
        assertThat(refused.outcome().decision().rule()).isEqualTo("fault/protocol");
        assertThat(refused.outcome().decision().advice()).contains("status 204");
        End reset = ours(adapter, saysAndWaits(head(205, "Content-Length: 5\r\n\r\n")));
        if (adapter.isOkHttp()) {
            assertThat(reset.thrown()).isInstanceOf(ProtocolException.class);
            assertThat(reset.outcome().decision().advice()).contains("status 205");
        } else {
            assertThat(reset).hasToString("205, 0 bytes");
        }
    }

    /** OkHttp makes an exception of it where no proxy is set; whoever answers so, its answer can be read. */
    @ParameterizedTest
    @EnumSource
    void aProxysStatusWithoutAProxyIsJudged(Adapter adapter) throws Exception {
        End ours = ours(adapter, says(head(407, "Proxy-Authenticate: Basic realm=x" + OK)));
        assertThat(ours).hasToString("407, 2 bytes");
        assertThat(ours.outcome().decision().rule()).isEqualTo("azure/imds/foreign-proxy");
        assertThat(ours(adapter, says(head(597, "Holdfast-Status: 407" + OK)))).hasToString("597, 2 bytes");
    }

    /** The library's own header, sent by a server, is no word on when to come back. */
    @ParameterizedTest
    @EnumSource
    void aServersOwnHoldfastHeaderIsNotBelieved(Adapter adapter) throws Exception {
        End ours = ours(adapter, says(head(503, "Holdfast-Retry-After: 3600\r\nRetry-After: 1" + OK)));
        assertThat(ours.outcome().attempts()).hasSize(2);
        assertThat(ours.outcome().decision().retryAfter()).contains(java.time.Duration.ofSeconds(1));
        End alone = ours(adapter, says(head(503, "Holdfast-Retry-After: 3600" + OK)));
        assertThat(alone.outcome().attempts()).hasSize(2);
        assertThat(alone.outcome().decision().retryAfter()).isEmpty();
    }

    static Stream<Arguments> floods() {
        return Map.of(
                        "100 without end", floods("", "HTTP/1.1 100 C\r\n\r\n"),
                        "103 without end", floods("", "HTTP/1.1 103 C\r\nLink: a\r\n\r\n"),
                        "headers without end", floods("HTTP/1.1 503 X\r\n", "X-A: b\r\n"),
                        "a header line without end", floods("HTTP/1.1 503 X\r\nX-A: ", "b"),
                        "a status line without end", floods("HTTP/1.1 503 ", "b"))
                .entrySet()
                .stream()
                .flatMap(flood -> Stream.of(Adapter.values())
                        .map(adapter -> Arguments.of(flood.getKey(), flood.getValue(), adapter)));
    }

    @ParameterizedTest(name = "{2} {0}")
    @MethodSource("floods")
    void aFloodBeforeTheBodyIsAFaultThatIsNotRepeated(String name, Talk flood, Adapter adapter) throws Exception {
        End plain = plain(adapter, flood);
        End ours = ours(adapter, flood);
        assertThat(ours.thrown()).isInstanceOf(plain.thrown().getClass());
        assertThat(ours.outcome().attempts()).hasSize(1);
        assertThat(ours.outcome().decision().rule()).isEqualTo("fault/protocol");
    }

    /** A chunk's extension has no limit in OkHttp, which keeps it in memory: the status is judged by what came until then. */
    @ParameterizedTest
    @EnumSource
    void anExtensionWithoutEndIsBounded(Adapter adapter) throws Exception {
        End ours = ours(adapter, floods(head(503, "Transfer-Encoding: chunked\r\n\r\n5;x="), "a"));
        assertThat(ours.outcome().attempts()).extracting(Attempt::status).containsExactly(503, 503);
        assertThat(ours.thrown()).isInstanceOf(IOException.class);
        assertThat(ours.thrown().getMessage())
                .containsAnyOf("Chunk header size too long", "more than 1048576 bytes came");
    }

    /** A status that OkHttp cannot keep makes it throw what is no IOException. */
    @ParameterizedTest
    @EnumSource
    void aStatusThatIsNoneIsAProtocolFault(Adapter adapter) throws Exception {
        for (String status : new String[] {"-12", "abc", ""}) {
            End ours = ours(adapter, saysAndWaits("HTTP/1.1 " + status + " X" + OK));
            assertThat(ours.thrown()).as(status).isInstanceOf(ProtocolException.class);
            assertThat(ours.outcome().decision().rule()).isEqualTo("fault/protocol");
        }
    }
}
