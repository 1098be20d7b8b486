package dev.holdfast.emulators.doors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.Limiters;
import dev.holdfast.core.credential.CachingCredentialSource;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialFetch;
import dev.holdfast.core.credential.RequestSigner;
import dev.holdfast.core.credential.Secret;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Bench;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The total of an outcome is the time of the call, also where its one attempt succeeded: what it waited for before counts. */
class WaitedSuccessTest {
    private static final Duration WAIT = Duration.ofSeconds(10);

    @RegisterExtension
    final Bench bench = Bench.skipping();

    private Outcome call(Adapter adapter, Holdfast holdfast) throws Exception {
        return adapter.call(bench, holdfast, Ask.get(Bench.INSTANCE)).outcome();
    }

    @ParameterizedTest
    @EnumSource
    void aWaitForThePermitCounts(Adapter adapter) throws Exception {
        bench.script.always(Bench.ok());
        Holdfast holdfast = bench.azure()
                .limiters(Limiters.isolated(bench.time, bench.time))
                .limits("default", Limits.NONE.rate(1, WAIT))
                .build();
        assertThat(call(adapter, holdfast).total()).isLessThan(WAIT);

        Outcome outcome = call(adapter, holdfast);

        assertThat(outcome.succeeded()).isTrue();
        assertThat(outcome.attempts()).hasSize(1);
        assertThat(outcome.total()).isGreaterThanOrEqualTo(WAIT);
    }

    @ParameterizedTest
    @EnumSource
    void aWaitForTheCredentialCounts(Adapter adapter) throws Exception {
        assertWaited(adapter, refused -> CompletableFuture.supplyAsync(this::slowToken));
    }

    /** A source that fetches on the thread of the call, and gives a future that is done. */
    @ParameterizedTest
    @EnumSource
    void aSourceThatBlocksCounts(Adapter adapter) throws Exception {
        assertWaited(adapter, refused -> CompletableFuture.completedFuture(slowToken()));
    }

    private Credential slowToken() {
        try {
            bench.time.await(new CountDownLatch(1), WAIT);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return Credential.token(Secret.token("token"), Duration.ofHours(1));
    }

    private void assertWaited(Adapter adapter, CredentialFetch slow) throws Exception {
        bench.script.always(Bench.ok());
        Holdfast holdfast = bench.azure()
                .credentials(CachingCredentialSource.builder("test/slow", RequestSigner.bearer())
                        .fetch(slow)
                        .timeSource(bench.time)
                        .build())
                .build();

        Outcome outcome = call(adapter, holdfast);

        assertThat(outcome.succeeded()).isTrue();
        assertThat(outcome.attempts()).hasSize(1);
        assertThat(outcome.total()).isGreaterThanOrEqualTo(WAIT);
    }
}
