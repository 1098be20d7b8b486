package dev.holdfast.core.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialSource;
import dev.holdfast.core.credential.RequestSigner;
import dev.holdfast.core.internal.limit.EndpointLimiter;
import dev.holdfast.core.outcome.Attempt;
import dev.holdfast.core.outcome.CallOptions;
import dev.holdfast.core.outcome.CredentialException;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.Limits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Law 4 and the part of law 9 that belongs to it: renewed at most once a call, and nothing is held meanwhile. */
class RenewalTest {
    @RegisterExtension
    final CallBench bench = CallBench.manual();

    private final FakeTokens tokens = new FakeTokens();

    private Holdfast.Builder withTokens() {
        return bench.unbounded().credentials(tokens);
    }

    private List<String> sent() {
        return bench.service.sent().stream()
                .map(request -> request.header(FakeTokens.HEADER))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void refusedOnce(Way way) throws Exception {
        bench.service.answers(FakeAnswer.status(401), FakeAnswer.ok());
        Outcome outcome = bench.call(withTokens()).start(way).outcome();
        assertThat(outcome.reason()).isEqualTo(StopReason.SUCCEEDED);
        assertThat(outcome.attempts()).extracting(Attempt::status).containsExactly(401, 200);
        assertThat(sent()).containsExactly("token-1", "token-2");
        assertThat(tokens.refused()).containsExactly(FakeTokens.token(1));
    }

    /** Guards credentialCame in CallMachine: the successor is sent as it came, and the source is asked for no other. */
    @ParameterizedTest
    @EnumSource
    void theSuccessorIsAskedForOnce(Way way) throws Exception {
        bench.service.answers(FakeAnswer.status(401), FakeAnswer.ok());
        assertThat(bench.call(withTokens()).start(way).close()).isEqualTo(200);
        assertThat(sent()).containsExactly("token-1", "token-2");
        assertThat(tokens.asks()).as("by the first attempt").isOne();
    }

    @ParameterizedTest
    @EnumSource
    void refusedAgain(Way way) throws Exception {
        bench.service.always(FakeAnswer.status(401));
        FakeCall call = bench.call(withTokens()).start(way);
        assertThat(call.response().status()).isEqualTo(401);
        assertThat(call.response().body()).contains("some sentence");
        assertThat(call.response().isCopy()).isFalse();
        assertThat(call.reason()).isEqualTo(StopReason.REFUSED_AGAIN);
        assertThat(sent()).containsExactly("token-1", "token-2");
        assertThat(tokens.refused()).hasSize(1);
    }

    /** A write whose refusal says nothing of what was done is renewed too: a service does nothing for a caller that it does not know. */
    @ParameterizedTest
    @EnumSource
    void aWriteIsRenewedAsWell(Way way) throws Exception {
        bench.service.answers(FakeAnswer.status(401), FakeAnswer.ok());
        FakeCall call = bench.call(withTokens().build(), CallBench.WRITE, CallOptions.none())
                .start(way);
        assertThat(call.close()).isEqualTo(200);
        assertThat(sent()).containsExactly("token-1", "token-2");
    }

    @ParameterizedTest
    @EnumSource
    void noOtherToBeHad(Way way) throws Exception {
        bench.service.always(FakeAnswer.status(401));
        CredentialSource only = CredentialSource.fixed(FakeTokens.token(9), RequestSigner.header(FakeTokens.HEADER));
        FakeCall call = bench.call(bench.unbounded().credentials(only)).start(way);
        assertThat(call.response().status()).isEqualTo(401);
        assertThat(call.reason()).isEqualTo(StopReason.NO_CREDENTIAL);
        assertThat(bench.requests()).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void noneAtAll(Way way) throws Exception {
        IllegalStateException down = new IllegalStateException("down");
        tokens.current(CompletableFuture.failedFuture(down));
        FakeCall call = bench.call(withTokens()).start(way);
        assertThat(call.thrown())
                .isInstanceOf(CredentialException.class)
                .hasMessageContaining("test/service")
                .hasCause(down);
        assertThat(call.reason()).isEqualTo(StopReason.NO_CREDENTIAL);
        assertThat(bench.requests()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aFaultInTheSignerEndsTheCall(Way way) throws Exception {
        IllegalStateException broken = new IllegalStateException("broken signer");
        CredentialSource source = CredentialSource.fixed(FakeTokens.token(1), (request, credential, now) -> {
            throw broken;
        });
        FakeCall call = bench.call(bench.unbounded().credentials(source)).start(way);
        assertThat(call.thrown()).isSameAs(broken);
        assertThat(call.reason()).isEqualTo(StopReason.CALLBACK_FAILED);
        assertThat(bench.requests()).isZero();
    }

    /** Guards CallMachine.failed: discard and release come before the renewal, which may need both. */
    @ParameterizedTest
    @EnumSource
    void connectionAndPlaceAreGivenBackBeforeTheRenewal(Way way) throws Exception {
        Holdfast holdfast =
                withTokens().limits("default", Limits.NONE.concurrency(1)).build();
        bench.service.answers(FakeAnswer.status(401), FakeAnswer.ok());
        CompletableFuture<Credential> replacement = tokens.holdReplacement();
        FakeCall call = bench.call(holdfast).start(way);
        tokens.awaitAsked();
        assertThat(bench.service.discarded()).hasSize(1);
        assertThat(bench.service.open()).isEmpty();
        assertThat(bench.limiter(holdfast, CallBench.READ).tryEnter())
                .as("the place is free")
                .isNotEqualTo(EndpointLimiter.Permit.NONE);
        bench.limiter(holdfast, CallBench.READ).release();
        replacement.complete(FakeTokens.token(2));
        assertThat(call.close()).isEqualTo(200);
        assertThat(sent()).containsExactly("token-1", "token-2");
    }

    /** Guards the second look in CallMachine.admitted: what was replaced while the limiter was waited for is not sent any more. */
    @ParameterizedTest
    @EnumSource
    void aWaitInTheGateIsFollowedByTheCredentialOfThen(Way way) throws Exception {
        Duration interval = Duration.ofSeconds(10);
        Holdfast holdfast =
                withTokens().limits("default", Limits.NONE.rate(1, interval)).build();
        bench.service.always(FakeAnswer.ok());
        bench.call(holdfast).start(way).close();
        FakeCall call = bench.call(holdfast).start(way);
        bench.time.awaitWaiters(2);
        tokens.current(CompletableFuture.completedFuture(FakeTokens.token(5)));
        bench.time.advance(interval);
        assertThat(call.close()).isEqualTo(200);
        assertThat(sent()).containsExactly("token-1", "token-5");
    }

    /** The place is not kept while a credential is waited for that the second look found missing. */
    @ParameterizedTest
    @EnumSource
    void aCredentialThatIsMissingAfterTheGateIsWaitedForOutsideIt(Way way) throws Exception {
        Holdfast holdfast =
                withTokens().limits("default", Limits.NONE.concurrency(1)).build();
        bench.service.always(FakeAnswer.ok());
        FakeResponse first = bench.call(holdfast).start(way).response();
        FakeCall call = bench.call(holdfast).start(way);
        bench.time.awaitWaiters(1);
        CompletableFuture<Credential> later = new CompletableFuture<>();
        tokens.current(later);
        first.close();
        bench.time.awaitWaiters(1);
        while (bench.limiter(holdfast, CallBench.READ).tryEnter() == EndpointLimiter.Permit.NONE) {
            Thread.onSpinWait();
        }
        bench.limiter(holdfast, CallBench.READ).release();
        later.complete(FakeTokens.token(5));
        assertThat(call.close()).isEqualTo(200);
        assertThat(sent()).containsExactly("token-1", "token-5");
    }
}
