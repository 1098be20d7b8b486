package dev.holdfast.core.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.outcome.CredentialException;
import dev.holdfast.core.outcome.ServiceException;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.FakeServiceClient;
import dev.holdfast.core.service.TestService;
import dev.holdfast.core.time.VirtualTime;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Session tokens of a metadata service: how they are asked for, and when a service without them is believed. */
class MetadataTokensTest {
    private static final MetadataTokens.Form FORM = MetadataTokens.form("test/token")
            .path("/latest/token")
            .lifetimeHeader("X-Ttl")
            .tokenHeader("X-Token")
            .shortestLifetime(Duration.ofSeconds(1))
            .longestLifetime(Duration.ofHours(6))
            .askAgainAfter(Duration.ofMinutes(10))
            .build();

    private final VirtualTime time = VirtualTime.manual();
    private final FakeServiceClient serviceClient = new FakeServiceClient(
            Holdfast.builder(TestService.SERVICE).timeSource(time).build());

    @AfterEach
    void shutDown() {
        time.shutDown();
    }

    private MetadataTokens tokens() {
        return MetadataTokens.of(serviceClient, FORM);
    }

    private static ResponseView text(String body) {
        return ResponseView.of(200, HeaderFields.empty(), body);
    }

    private static ServiceException said(int status, ErrorKind kind) {
        Decision decision = Decision.of(Verdict.fail(), kind, "test/plain/x", "Look.", "test")
                .withProcessed(Processed.NO);
        return new ServiceException(status, decision, TestService.outcome(StopReason.FAILED));
    }

    /** Keeps the headers that a source sets. */
    private static final class View implements SigningView {
        private final Map<String, String> headers = new LinkedHashMap<>();

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public URI url() {
            return URI.create("http://127.0.0.1/");
        }

        @Override
        public Map<String, List<String>> headers() {
            return Map.of();
        }

        @Override
        public String header(String name) {
            return headers.get(name);
        }

        @Override
        public void setHeader(String name, String value) {
            headers.put(name, value);
        }

        @Override
        public void removeHeader(String name) {
            headers.remove(name);
        }

        @Override
        public String bodySha256() {
            throw new UnsupportedOperationException("a token does not sign the body");
        }
    }

    private static Map<String, String> applied(CachingCredentialSource source, Credential credential) {
        View view = new View();
        source.apply(credential, view);
        return view.headers;
    }

    private static Throwable failure(CompletableFuture<Credential> future) {
        assertThat(future).isCompletedExceptionally();
        Throwable thrown = future.handle((credential, t) -> t).join();
        return thrown instanceof CompletionException ? thrown.getCause() : thrown;
    }

    @Test
    void aTokenIsPutForAndSetInItsHeader() {
        serviceClient.answers(text("abc\n"));
        CachingCredentialSource source = tokens().build();
        Credential token = source.current().join();
        assertThat(token.secret().value()).isEqualTo("abc");
        assertThat(token.lifetime()).isEqualTo(Duration.ofHours(6));
        assertThat(applied(source, token)).containsExactly(Map.entry("X-Token", "abc"));
        assertThat(serviceClient.sent).singleElement().satisfies(put -> {
            assertThat(put.method()).isEqualTo("PUT");
            assertThat(put.url()).hasToString("http://127.0.0.1/latest/token");
            assertThat(put.headers()).containsOnly(Map.entry("X-Ttl", "21600"));
            assertThat(put.body()).isNull();
        });
    }

    @Test
    void anotherLifetimeIsAskedForAndKept() {
        serviceClient.answers(text("abc"));
        Credential token =
                tokens().lifetime(Duration.ofSeconds(1)).build().current().join();
        assertThat(token.lifetime()).isEqualTo(Duration.ofSeconds(1));
        assertThat(serviceClient.sent.get(0).headers()).containsOnly(Map.entry("X-Ttl", "1"));
        assertThat(tokens().lifetime(Duration.ofHours(6))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.999S", "PT1.5S", "PT6H1S", "PT-1S"})
    void aLifetimeThatTheServiceDoesNotGiveIsRefused(Duration lifetime) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokens().lifetime(lifetime))
                .withMessage("lifetime must be 1 s to 6 h in whole seconds, but is " + lifetime);
    }

    @ParameterizedTest
    @ValueSource(ints = {399, 600, 200})
    void aStatusThatIsNoErrorIsNotAbsence(int status) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokens().toleratingAbsence(status))
                .withMessage("status must be 400 to 599, but is " + status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"token\":\"s3cret\"}", "<html>s3cret</html>", "", "s3cret with blanks"})
    void anAnswerThatIsNoTokenIsAFailureThatShowsNothingOfIt(String body) {
        serviceClient.answers(text(body));
        Throwable thrown = failure(tokens().build().current());
        assertThat(thrown)
                .isInstanceOf(CredentialException.class)
                .hasMessageStartingWith("test/token: answered 200 without a usable token: token must ")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void withoutLeaveAServiceThatHasNoTokensIsAFailure() {
        ServiceException absent = said(404, ErrorKind.NOT_FOUND);
        serviceClient.throwsThat(absent);
        assertThat(failure(tokens().build().current())).isSameAs(absent);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405, 501})
    void withLeaveItIsAskedWithoutAHeaderAndLaterAgain(int status) throws InterruptedException {
        serviceClient.throwsThat(new CompletionException(said(status, ErrorKind.NOT_FOUND)));
        CachingCredentialSource source = tokens().toleratingAbsence(501).build();
        Credential none = source.current().join();
        assertThat(applied(source, none)).isEmpty();
        assertThat(none.lifetime()).isEqualTo(Duration.ofMinutes(10));
        time.advance(Duration.ofMinutes(10));
        serviceClient.answers(text("abc"));
        assertThat(applied(source, source.current().join())).containsExactly(Map.entry("X-Token", "abc"));
    }

    @Test
    void anotherStatusAPageOfAProxyAndAFaultAreNoAbsence() {
        for (Throwable thrown : List.of(
                said(403, ErrorKind.FORBIDDEN),
                said(404, ErrorKind.INTERMEDIARY),
                new IOException("connection reset"))) {
            serviceClient.throwsThat(thrown);
            assertThat(failure(tokens().toleratingAbsence().build().current())).isSameAs(thrown);
        }
    }

    @Test
    void aServiceThatHasGivenATokenIsNotAskedWithoutOneAgain() {
        serviceClient.answers(text("abc"));
        CachingCredentialSource source = tokens().toleratingAbsence().build();
        source.current().join();
        source.invalidate();
        ServiceException absent = said(404, ErrorKind.NOT_FOUND);
        serviceClient.throwsThat(absent);
        assertThat(failure(source.current())).isSameAs(absent);
    }

    @Test
    void aServiceThatRefusedARequestWithoutOneIsNotAskedSoAgain() {
        ServiceException absent = said(404, ErrorKind.NOT_FOUND);
        serviceClient.throwsThat(absent);
        CachingCredentialSource source = tokens().toleratingAbsence().build();
        Credential none = source.current().join();
        assertThat(failure(source.refresh(
                        none, said(401, ErrorKind.UNAUTHENTICATED).decision())))
                .isSameAs(absent);
    }

    @Test
    void staticStabilityServesAnExpiredTokenWhileNoOtherIsToBeHad() throws InterruptedException {
        serviceClient.answers(text("abc"));
        CachingCredentialSource stable = tokens().serveExpiredWhileUnavailable().build();
        CachingCredentialSource strict = tokens().build();
        Credential token = stable.current().join();
        strict.current().join();
        time.advance(Duration.ofHours(7));
        serviceClient.throwsThat(new IOException("connection reset"));
        assertThat(stable.current()).isCompletedWithValue(token);
        assertThat(strict.current()).isCompletedExceptionally();
    }
}
