package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialSource;
import dev.holdfast.core.credential.RequestSigner;
import dev.holdfast.core.credential.Secret;
import dev.holdfast.core.decision.Rule;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.outcome.Attempt;
import dev.holdfast.core.outcome.CredentialException;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.emulators.credentials.Tokens;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Adapter.Reply;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Law 4: renewed at most once a call. Fails without {@code progress.renewed()} in RetryEngine.renew (refusedAgain) and without
 * {@code renewals.renew(what, decision)} in CallState.renewed (refusedOnce).
 */
class Law04RenewOnceTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @RegisterExtension
    final Bench bench = Bench.skipping();

    private final Tokens tokens = new Tokens(HOUR);

    private Holdfast.Builder renewing() {
        return bench.azure().rule("renew", Rule.on(401).reauthenticate(Verdict.Renewal.CREDENTIAL));
    }

    private Holdfast.Builder withTokens() {
        return renewing().credentials(tokens.source(bench.time).build());
    }

    private Reply ask(Adapter adapter, Holdfast.Builder holdfast) throws Exception {
        return adapter.call(bench, holdfast.build(), Ask.get(Bench.INSTANCE));
    }

    private String sentToken() throws InterruptedException {
        return bench.script.next().getHeaders().get(Tokens.HEADER);
    }

    @ParameterizedTest
    @EnumSource
    void everyAttemptCarriesTheCurrentOne(Adapter adapter) throws Exception {
        bench.answers(Bench.status(503), Bench.ok());
        assertThat(ask(adapter, withTokens()).status()).isEqualTo(200);
        assertThat(sentToken()).isEqualTo("token-1");
        assertThat(sentToken()).isEqualTo("token-1");
        assertThat(tokens.fetches()).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void refusedOnce(Adapter adapter) throws Exception {
        bench.answers(Bench.status(401), Bench.ok());
        Reply reply = ask(adapter, withTokens());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.SUCCEEDED);
        assertThat(reply.outcome().attempts()).extracting(Attempt::status).containsExactly(401, 200);
        assertThat(sentToken()).isEqualTo("token-1");
        assertThat(sentToken()).isEqualTo("token-2");
        assertThat(tokens.lastRefused()).isEqualTo(Tokens.token(1, HOUR));
        assertThat(bench.requests()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void refusedAgain(Adapter adapter) throws Exception {
        bench.script.always(Bench.status(401));
        Reply reply = ask(adapter, withTokens());
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body()).isEqualTo("{\"error\":\"some sentence\"}");
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.REFUSED_AGAIN);
        assertThat(reply.outcome().attempts()).extracting(Attempt::status).containsExactly(401, 401);
        assertThat(bench.requests()).isEqualTo(2);
        assertThat(tokens.fetches()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void whatReplacedARefusedOneAMomentAgoIsNotReplacedAtOnce(Adapter adapter) throws Exception {
        bench.answers(Bench.status(401), Bench.ok());
        Holdfast holdfast = withTokens().build();
        assertThat(adapter.call(bench, holdfast, Ask.get(Bench.INSTANCE)).status())
                .isEqualTo(200);
        bench.script.always(Bench.status(401));
        Reply reply = adapter.call(bench, holdfast, Ask.get(Bench.INSTANCE));
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.REFUSED_AGAIN);
        assertThat(bench.requests()).isEqualTo(3);
        assertThat(tokens.fetches()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void noOtherToBeHad(Adapter adapter) throws Exception {
        bench.script.always(Bench.status(401));
        Credential only = Credential.token(Secret.token("only"), null);
        Reply reply =
                ask(adapter, renewing().credentials(CredentialSource.fixed(only, RequestSigner.header(Tokens.HEADER))));
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body()).isEqualTo("{\"error\":\"some sentence\"}");
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.NO_CREDENTIAL);
        assertThat(bench.requests()).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void noneAtAll(Adapter adapter) throws Exception {
        IllegalStateException down = new IllegalStateException("down");
        tokens.failWith(down);
        Reply reply = ask(adapter, withTokens());
        assertThat(reply.thrown()).isInstanceOf(CredentialException.class).hasMessageContaining("azure/imds");
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.NO_CREDENTIAL);
        assertThat(reply.outcome().attempts()).isEmpty();
        assertThat(bench.requests()).isZero();
        Throwable cause = Objects.requireNonNull(reply.thrown().getCause());
        assertThat(cause).isSameAs(down);
    }

    @ParameterizedTest
    @EnumSource
    void aRenewalAfterARetryCountsOnceToo(Adapter adapter) throws Exception {
        bench.answers(Bench.status(503), Bench.status(401), Bench.status(503), Bench.status(401));
        Reply reply = ask(adapter, withTokens());
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.REFUSED_AGAIN);
        assertThat(bench.requests()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource
    void aFaultInTheSignerEndsTheCall(Adapter adapter) throws Exception {
        RequestSigner broken = (request, credential, now) -> {
            throw new IllegalStateException("broken signer");
        };
        Credential any = Credential.token(Secret.token("any"), null);
        Throwable thrown;
        try {
            thrown = ask(adapter, renewing().credentials(CredentialSource.fixed(any, broken)))
                    .thrown();
        } catch (IllegalStateException e) {
            thrown = e;
        }
        assertThat(thrown).hasStackTraceContaining("broken signer");
        assertThat(Outcome.of(thrown).reason()).isEqualTo(StopReason.CALLBACK_FAILED);
        assertThat(bench.requests()).isZero();
    }
}
