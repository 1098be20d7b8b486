package dev.holdfast.emulators.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.credential.CachingCredentialSource;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialFetch;
import dev.holdfast.core.credential.RequestSigner;
import dev.holdfast.core.credential.Secret;
import dev.holdfast.core.decision.Rule;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.outcome.HoldfastListener;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.service.ServiceClient;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Adapter.Reply;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.emulators.laws.CapturedLogs;
import dev.holdfast.emulators.laws.SeenEvents;
import dev.holdfast.emulators.laws.Texts;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Law 12 for credentials: planted in a source, sent, refused, quoted back by the server, and searched for wherever anybody may look. Fails
 * without {@code CallCredentials.masked} in CallMachine.failed and without {@code .request(request)} in Signing.
 */
class Law12CredentialsTest {
    private static final String SECRET = "s3cr3t-eyJhbGciOi";
    private static final String SESSION = "s3ss10n-CAISnQJ1q6";

    @RegisterExtension
    final Bench bench = Bench.skipping();

    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private final HoldfastListener listener = new SeenEvents(seen);

    @BeforeEach
    void listen() {
        CapturedLogs.clear();
    }

    private CachingCredentialSource source(CredentialFetch fetch) {
        RequestSigner both = (request, credential, now) -> {
            request.setHeader("Authorization", "Bearer " + credential.secret().value());
            Secret session = credential.sessionToken();
            if (session != null) {
                request.setHeader("X-Security-Token", session.value());
            }
        };
        return CachingCredentialSource.builder("test/planted", both)
                .fetch(fetch)
                .timeSource(bench.time)
                .build();
    }

    private static CredentialFetch planted() {
        return refused -> CompletableFuture.completedFuture(
                refused == null
                        ? Credential.accessKey(
                                "AKID0001", Secret.of(SECRET), Secret.token(SESSION), Duration.ofHours(1))
                        : Credential.token(Secret.token(SECRET + "-2"), Duration.ofHours(1)));
    }

    private Holdfast holdfast(CachingCredentialSource source) {
        return bench.azure()
                .rule("renew", Rule.on(401).reauthenticate(Verdict.Renewal.CREDENTIAL))
                .maxAttempts(2)
                .attemptTimeout(Duration.ofSeconds(5))
                .credentials(source)
                .listener(listener)
                .build();
    }

    static Stream<Arguments> answers() {
        String quoted = "{\"error\":\"invalid_request\",\"error_description\":\"The token " + SECRET + " with "
                + SESSION + " is not good\"}";
        Stream<MockResponse> answers = Stream.of(
                Bench.ok(),
                Bench.answer(401, quoted).build(),
                Bench.answer(400, quoted).build(),
                Bench.answer(500, "<Error><Code>" + SECRET + "</Code><Message>" + SESSION + "</Message></Error>")
                        .build(),
                Bench.answer(403, SECRET).addHeader("x-ms-request-id", SESSION).build(),
                Bench.answer(200, "x")
                        .onResponseStart(new SocketEffect.CloseSocket())
                        .build());
        return answers.flatMap(each -> Stream.of(Adapter.values()).map(adapter -> Arguments.of(each, adapter)));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void nobodySeesIt(MockResponse answer, Adapter adapter) throws Exception {
        bench.script.always(answer);
        CachingCredentialSource source = source(planted());
        Holdfast holdfast = holdfast(source);
        Reply reply = adapter.call(bench, holdfast, Ask.get(Bench.INSTANCE));
        assertThat(bench.script.next().getHeaders().get("Authorization")).contains(SECRET);
        see(reply.outcome());
        if (reply.thrown() != null) {
            seen.add(Texts.of(reply.thrown()));
        }
        seen.add(holdfast + " " + source + " " + source.current().join());
        assertNothingSeen();
    }

    private void see(Outcome outcome) {
        seen.add(outcome + outcome.table() + outcome.json());
        seen.add(String.valueOf(outcome.decision()));
    }

    private void assertNothingSeen() {
        seen.addAll(CapturedLogs.lines());
        assertThat(seen).isNotEmpty().noneMatch(text -> text.contains(SECRET) || text.contains(SESSION));
    }

    @Test
    void noInterceptorAndNoResponseShowsIt() throws Exception {
        bench.answers(Bench.ok());
        Interceptor nosy = chain -> {
            Response response = chain.proceed(chain.request());
            seen.add(chain.request().headers().toString() + chain.request().tag());
            seen.add(response.request().headers().toMultimap().toString());
            return response;
        };
        OkHttpClient client =
                bench.client(builder -> builder.addInterceptor(nosy).addNetworkInterceptor(nosy));
        Holdfast holdfast = holdfast(source(planted()));
        try (Response response = HoldfastOkHttp.wrap(client, holdfast)
                .newCall(bench.get(Bench.INSTANCE))
                .execute()) {
            seen.add(response.request().toString());
            seen.add(response.networkResponse().request().headers().toMultimap().toString());
        }
        assertThat(bench.script.next().getHeaders().get("Authorization")).contains(SECRET);
        assertNothingSeen();
    }

    @Test
    void aRedirectTakesItNowhere() throws Exception {
        try (MockWebServer other = new MockWebServer()) {
            other.start();
            bench.script.always(Bench.answer(307, "")
                    .addHeader("Location", "http://localhost:" + other.getPort() + "/steal")
                    .build());
            for (Adapter adapter : Adapter.values()) {
                Reply reply = adapter.call(bench, holdfast(source(planted())), Ask.get(Bench.INSTANCE));
                assertThat(reply.status()).isEqualTo(307);
            }
            assertThat(other.getRequestCount()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\nX-Injected: 1", "\nX", "\u0000", "é", "\r\n\r\n"})
    void aTokenThatWouldForgeAHeaderIsRefusedWithoutBeingShown(String tail) throws Exception {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Secret.token(SECRET + tail))
                .withMessageContaining("visible ASCII")
                .satisfies(e -> seen.add(Texts.of(e)));
        CredentialFetch unchecked = refused ->
                CompletableFuture.completedFuture(Credential.token(Secret.of(SECRET + tail), Duration.ofHours(1)));
        for (Adapter adapter : Adapter.values()) {
            try {
                Reply reply = adapter.call(bench, holdfast(source(unchecked)), Ask.get(Bench.INSTANCE));
                seen.add(Texts.of(reply.thrown()));
            } catch (IllegalArgumentException e) {
                seen.add(Texts.of(e));
            }
        }
        assertThat(bench.requests()).isZero();
        assertNothingSeen();
    }

    @Test
    void aFetchThatFailsWithTheSecretInItsMessageIsNotLogged() {
        CachingCredentialSource source = source(CredentialFetch.future(
                () -> CompletableFuture.failedFuture(new IllegalStateException("cannot use " + SECRET))));
        assertThat(source.current()).isCompletedExceptionally();
        seen.add(source.toString());
        assertNothingSeen();
        assertThat(CapturedLogs.lines()).anyMatch(line -> line.contains("no credential could be fetched"));
    }

    @Test
    void aTokenEndpointsSentenceIsNotLogged() throws Exception {
        String quoted =
                "{\"error\":\"invalid_request\",\"error_description\":\"refresh token " + SECRET + " has expired\"}";
        bench.script.always(
                Bench.answer(400, quoted).addHeader("x-ms-request-id", "id-1").build());
        ServiceClient login = HoldfastOkHttp.serviceClient(
                bench.client(builder -> builder), bench.azure().build());
        ServiceClient.Message message = ServiceClient.Message.of("POST", login.url(Bench.INSTANCE))
                .body("refresh_token=" + SECRET, "application/x-www-form-urlencoded");
        CachingCredentialSource source = source(CredentialFetch.future(() ->
                login.send(message).thenApply(answer -> planted().fetch(null).join())));
        assertThat(source.current()).failsWithin(Duration.ofMinutes(1));
        assertThat(bench.requests()).isEqualTo(1);
        assertThat(CapturedLogs.lines())
                .anyMatch(line -> line.contains("answered 400 invalid_request (azure/imds/") && line.contains("id-1"));
        assertNothingSeen();
    }

    @Test
    void oneNewlineAtTheEndIsTheServersHabit() {
        assertThat(Secret.token("abc\n")).isEqualTo(Secret.token("abc"));
        assertThat(Secret.token("abc\r\n").value()).isEqualTo("abc");
        assertThatIllegalArgumentException().isThrownBy(() -> Secret.token("abc\n\n"));
        assertThatIllegalArgumentException().isThrownBy(() -> Secret.token("\n"));
        assertThatIllegalArgumentException().isThrownBy(() -> Secret.token("abc def"));
        assertThatIllegalArgumentException().isThrownBy(() -> Secret.token("x".repeat(Secret.LONGEST_TOKEN + 1)));
    }
}
