package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.internal.outcome.OutcomeSuppressed;
import dev.holdfast.core.outcome.HoldfastListener;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.ServiceException;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Adapter.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Law 12: a token is planted wherever one may travel, and searched for wherever an operator may look. An error's code and message are
 * shown on purpose, but not what they quote of the caller's own request.
 */
class Law12NoSecretTest {
    // Guards CallState.note: fault.getClass().getSimpleName(), never its message; the allow-list of
    // ServiceException.message
    private static final String SECRET = "s3cr3t-eyJhbGciOi";
    private static final String TARGET = Bench.INSTANCE + "&access_token=" + SECRET;
    private static final Logger OKHTTP = Logger.getLogger("okhttp3");

    @RegisterExtension
    final Bench bench = Bench.skipping();

    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            seen.add(record.getMessage() + (record.getThrown() == null ? "" : Texts.of(record.getThrown())));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private final HoldfastListener listener = new SeenEvents(seen);

    @BeforeEach
    void listen() {
        CapturedLogs.clear();
        OKHTTP.setLevel(Level.ALL);
        OKHTTP.addHandler(handler);
    }

    @AfterEach
    void stop() {
        OKHTTP.removeHandler(handler);
        OKHTTP.setLevel(null);
    }

    private static MockResponse.Builder answer(int status, String body) {
        return Bench.answer(status, body.replace("$", SECRET))
                .addHeader("Set-Cookie", "session=" + SECRET)
                .addHeader("X-Token", SECRET)
                .addHeader("Location", "http://127.0.0.1/?token=" + SECRET)
                .addHeader("WWW-Authenticate", "Bearer realm=\"" + SECRET + "\"");
    }

    private static final MockResponse STALLED = Bench.stalled();

    static Stream<Arguments> answers() {
        String beside =
                "{\"error\":\"invalid_request\",\"error_description\":\"Identity not found\",\"access_token\":\"$\"}";
        Stream<MockResponse> answers = Stream.of(
                answer(200, "{\"access_token\":\"$\"}").build(),
                answer(400, beside).build(),
                answer(401, beside).build(),
                answer(302, "").build(),
                answer(503, "{\"access_token\":\"$\",")
                        .addHeader("Retry-After", SECRET)
                        .build(),
                answer(503, "{\"refresh_token\":{\"a\":[\"$\"]}}").build(),
                answer(500, "<Error><Code>A</Code><Token>$</Token></Error>").build(),
                answer(502, "<html><title>No</title><body>$</body></html>").build(),
                answer(410, "{\"details\":[{\"secret\":\"$\"}]}").build(),
                answer(400, "{\"error\":\"invalid_request\",\"error_description\":\"Bearer $ is not good\"}")
                        .build(),
                answer(500, "<Error><Code>A</Code><Message>no $, no</Message></Error>")
                        .build(),
                answer(200, "$").onResponseStart(new SocketEffect.CloseSocket()).build(),
                answer(500, "{\"access_token\":\"$\"}".repeat(50))
                        .onResponseBody(new SocketEffect.CloseSocket())
                        .build(),
                STALLED);
        return answers.flatMap(each -> Stream.of(Adapter.values()).map(adapter -> Arguments.of(each, adapter)));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void noOperatorEverSeesIt(MockResponse answer, Adapter adapter) throws Exception {
        bench.script.always(answer);
        // Short only where no answer has to be faster.
        boolean comes = answer != STALLED;
        Holdfast holdfast = bench.azure()
                .maxAttempts(2)
                .attemptTimeout(comes ? Duration.ofMinutes(5) : Duration.ofMillis(150))
                .deadline(Duration.ofMinutes(30))
                .listener(listener)
                .build();
        Headers headers = Headers.of("Authorization", "Bearer " + SECRET, "X-Metadata-Token", SECRET);

        Reply reply = adapter.call(bench, holdfast, new Ask("GET", TARGET, headers));

        if (comes) {
            assertThat(bench.script.next().getTarget()).contains(SECRET);
        }
        see(reply.outcome());
        if (reply.thrown() != null) {
            seen.add(Texts.of(reply.thrown()));
        }
        seen.add(holdfast.toString());
        assertNothingSeen();
    }

    private void see(Outcome outcome) {
        seen.add(outcome.toString());
        seen.add(outcome.table());
        seen.add(outcome.json());
        outcome.attempts().forEach(attempt -> seen.add(attempt.toString()));
        Decision decision = outcome.decision();
        if (decision != null) {
            seen.add(Texts.of(new ServiceException(500, decision, outcome)));
        }
    }

    private void assertNothingSeen() {
        seen.addAll(CapturedLogs.lines());
        assertThat(seen).isNotEmpty().noneMatch(text -> text.contains(SECRET));
    }

    /** A client echoes what it was given. Its own exception reaches the caller as it is; nothing of ours repeats what it says. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatAClientEchoesInItsMessageIsRepeatedByNobody(boolean async) {
        bench.client = bench.client(builder -> builder.addInterceptor(chain -> {
            throw new IOException("Unexpected char in Authorization value: Bearer " + SECRET);
        }));
        Throwable thrown = Adapter.reply(bench.call(bench.azure().maxAttempts(2).listener(listener)), async)
                .thrown();
        assertThat(thrown).hasMessageContaining(SECRET);
        Outcome outcome = Outcome.of(thrown);
        assertThat(outcome.attempts()).hasSize(2);
        see(outcome);
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (suppressed instanceof OutcomeSuppressed) {
                seen.add(Texts.of(suppressed));
            }
        }
        assertNothingSeen();
    }

    @Test
    void theLogIsReallyRead() throws Exception {
        bench.answers(Bench.status(500), Bench.ok());
        Adapter.OKHTTP_EXECUTE.call(bench, bench.azure().build(), Ask.get(Bench.INSTANCE));
        assertThat(CapturedLogs.lines())
                .anyMatch(line -> line.startsWith("DEBUG dev.holdfast.call azure/imds instance"));
    }

    @Test
    void aRefusedHostNamesTheHostOnly() {
        Throwable thrown =
                Once.of(AzureImds.wrap(bench.client).newCall(bench.get(TARGET))).await().thrown;
        seen.add(Texts.of(thrown));
        see(Outcome.of(thrown));
        assertNothingSeen();
    }

    @Test
    void valuesThatHoldItShowOnlyNames() {
        HeaderFields fields = HeaderFields.of("X-Token", SECRET, "Set-Cookie", SECRET);
        RequestView request = RequestView.of("GET", TARGET);
        ResponseView answer = ResponseView.of(503, fields, "{\"access_token\":\"" + SECRET + "\"}");
        seen.add(fields.toString());
        seen.add(request.toString());
        seen.add(answer.toString());
        seen.add(AzureImds.SERVICE.decide(answer, request).toString());
        seen.add(bench.call(bench.azure(), bench.get(TARGET)).toString());
        assertNothingSeen();
    }
}
