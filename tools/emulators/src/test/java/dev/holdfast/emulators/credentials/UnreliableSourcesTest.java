package dev.holdfast.emulators.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.Limiters;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialSource;
import dev.holdfast.core.credential.RequestSigner;
import dev.holdfast.core.credential.Secret;
import dev.holdfast.core.credential.SigningView;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.outcome.CallOptions;
import dev.holdfast.core.outcome.CredentialException;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Adapter.Reply;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sources and signers that break their contracts: no call hangs, no place at the limiter is lost, and nothing goes out without a credential. */
class UnreliableSourcesTest {
    @RegisterExtension
    final Bench bench = Bench.skipping();

    private static final Credential ANY = Credential.token(Secret.token("any"), null);

    private record Source(Supplier<CompletableFuture<Credential>> gives, RequestSigner signer)
            implements CredentialSource {
        @Override
        public CompletableFuture<Credential> current() {
            return gives.get();
        }

        @Override
        public CompletableFuture<Credential> refresh(Credential refused, Decision decision) {
            return gives.get();
        }

        @Override
        public void apply(Credential credential, SigningView request) {
            signer.sign(request, credential, Instant.EPOCH);
        }

        @Override
        public void close() {}
    }

    /** One place: whoever loses it stops all others. */
    private Holdfast.Builder narrow() {
        return bench.azure()
                .limiters(Limiters.isolated(bench.time, bench.time))
                .limits("default", Limits.NONE.concurrency(1));
    }

    private Throwable thrown(Adapter adapter, Holdfast holdfast) throws Exception {
        Reply[] reply = new Reply[1];
        Throwable raw = catchThrowable(() -> reply[0] = adapter.call(bench, holdfast, Ask.get(Bench.INSTANCE)));
        return raw != null ? raw : reply[0].thrown();
    }

    @ParameterizedTest
    @EnumSource
    void aSourceThatThrowsEndsTheCallAndHoldsNoPlace(Adapter adapter) throws Exception {
        Holdfast holdfast = narrow().credentials(new Source(
                        () -> {
                            throw new IllegalStateException("no idea");
                        },
                        RequestSigner.bearer()))
                .build();
        for (int i = 0; i < 3; i++) {
            Throwable thrown = thrown(adapter, holdfast);
            assertThat(thrown).hasStackTraceContaining("no idea");
            assertThat(Outcome.of(thrown).reason()).isEqualTo(StopReason.CALLBACK_FAILED);
        }
        assertThat(bench.requests()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aSourceThatGivesNothingIsNoLeaveToGoWithout(Adapter adapter) throws Exception {
        for (Supplier<CompletableFuture<Credential>> gives : List.<Supplier<CompletableFuture<Credential>>>of(
                () -> null, () -> CompletableFuture.completedFuture(null))) {
            Throwable thrown = thrown(
                    adapter,
                    narrow().credentials(new Source(gives, RequestSigner.bearer()))
                            .build());
            assertThat(thrown).isInstanceOf(CredentialException.class);
            assertThat(Outcome.of(thrown).reason()).isEqualTo(StopReason.NO_CREDENTIAL);
        }
        assertThat(bench.requests()).isZero();
    }

    @Test
    void anErrorOutOfASignerHoldsNoPlaceEither() {
        RequestSigner broken = (request, credential, now) -> {
            throw new NoClassDefFoundError("sdk/Signer");
        };
        Holdfast holdfast = narrow().credentials(new Source(() -> CompletableFuture.completedFuture(ANY), broken))
                .build();
        Call.Factory calls = HoldfastOkHttp.wrap(bench.client, holdfast);
        for (int i = 0; i < 3; i++) {
            Throwable thrown = catchThrowable(
                    () -> calls.newCall(bench.get(Bench.INSTANCE)).execute());
            assertThat(thrown).isInstanceOf(NoClassDefFoundError.class);
            assertThat(Outcome.of(thrown).reason()).isEqualTo(StopReason.CALLBACK_FAILED);
        }
    }

    /** The token and the data of one service may share a limiter that lets through one at a time. */
    @ParameterizedTest
    @EnumSource
    void whoWaitsForATokenHoldsNoPlaceThatItsFetchNeeds(Adapter adapter) throws Exception {
        bench.answers(Bench.ok(), Bench.ok());
        Holdfast plain = narrow().build();
        Tokens tokens = new Tokens(Duration.ofHours(1));
        Call.Factory issuer = HoldfastOkHttp.wrap(bench.client, plain);
        Holdfast holdfast = plain.toBuilder()
                .credentials(tokens.source(bench.time)
                        .fetch(refused -> HoldfastOkHttp.send(issuer.newCall(bench.get(Bench.INSTANCE)))
                                .thenApply(response -> {
                                    response.close();
                                    return Tokens.token(1, Duration.ofHours(1));
                                }))
                        .build())
                .build();
        Reply reply = adapter.call(bench, holdfast, Ask.get(Bench.INSTANCE));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(bench.requests()).isEqualTo(2);
    }

    /** The hook of one call may wait for another call of the same holdfast. */
    @Test
    void aHookThatWaitsHoldsUpNobody() throws Exception {
        bench.script.always(Bench.status(503));
        Holdfast holdfast = bench.azure().maxAttempts(3).build();
        Call.Factory calls = HoldfastOkHttp.wrap(bench.client, holdfast);
        Request request = bench.get(Bench.INSTANCE)
                .newBuilder()
                .tag(CallOptions.class, CallOptions.none().withRebuild((draft, attempt) -> {
                    if (attempt == 2) {
                        HoldfastOkHttp.send(calls.newCall(bench.get(Bench.LOAD_BALANCER)))
                                .join()
                                .close();
                    }
                }))
                .build();
        try (Response response = HoldfastOkHttp.send(calls.newCall(request)).get()) {
            assertThat(HoldfastOkHttp.outcomeOf(response).reason()).isEqualTo(StopReason.ATTEMPTS);
        }
        assertThat(bench.requests()).isEqualTo(6);
    }
}
