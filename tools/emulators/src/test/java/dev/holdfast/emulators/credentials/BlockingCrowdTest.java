package dev.holdfast.emulators.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.azure.AzureVmInspector;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.credential.CachingCredentialSource;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialSource;
import dev.holdfast.core.credential.SigningView;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.emulators.azure.AzureImdsEmulator;
import dev.holdfast.emulators.azure.AzureVmInspectorEmulator;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.testkit.emulator.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two hundred threads, each blocked in its call, whose token has expired: it is asked for once. */
class BlockingCrowdTest {
    private static final int CALLERS = 200;

    @RegisterExtension
    final Bench bench = Bench.manual();

    private final CompletableFuture<Void> limiter = new CompletableFuture<>();

    /** Counts who has been told to wait for the token. */
    private record Counted(CredentialSource source, CountDownLatch waiting) implements CredentialSource {
        @Override
        public CompletableFuture<Credential> current() {
            CompletableFuture<Credential> coming = source.current();
            if (!coming.isDone()) {
                waiting.countDown();
            }
            return coming;
        }

        @Override
        public CompletableFuture<Credential> refresh(Credential refused, Decision decision) {
            return source.refresh(refused, decision);
        }

        @Override
        public void apply(Credential credential, SigningView request) {
            source.apply(credential, request);
        }

        @Override
        public void close() {
            source.close();
        }
    }

    private Holdfast.Builder open(Holdfast.Builder builder) {
        return bench.here(builder)
                .limits("default", Limits.NONE)
                .limits("identity", Limits.NONE)
                .withoutBudget();
    }

    @ParameterizedTest
    @EnumSource(names = {"OKHTTP_EXECUTE", "JDK_SEND"})
    void asksOnce(Adapter adapter) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        try (AzureImdsEmulator imds = new AzureImdsEmulator(bench.time).start();
                AzureVmInspectorEmulator arm =
                        new AzureVmInspectorEmulator(bench.time).trusting(imds).start()) {
            Holdfast identity = open(Holdfast.builder(AzureImds.SERVICE))
                    .endpoint(imds.url())
                    .build();
            CachingCredentialSource tokens = AzureImds.managedIdentity(
                            adapter.serviceClient(bench, identity), "https://management.azure.com/")
                    .build();
            tokens.prefetch().get();
            bench.time.jumpWall(Duration.ofHours(25));
            imds.play(Scenario.held(limiter, 1).onlyForTokens());
            CountDownLatch waiting = new CountDownLatch(CALLERS);
            Holdfast holdfast = bench.here(Holdfast.builder(AzureVmInspector.SERVICE))
                    .endpoint(arm.url())
                    .limits("default", Limits.NONE)
                    .withoutBudget()
                    .credentials(new Counted(tokens, waiting))
                    .build();
            Ask list =
                    Ask.get(arm.url() + "/subscriptions/s/providers/Microsoft.Compute/locations/westeurope/diagnostics"
                            + "?api-version=2024-03-01-preview");
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                all.add(threads.submit(() -> adapter.call(bench, holdfast, list).status()));
            }
            waiting.await();
            limiter.complete(null);
            for (Future<Integer> each : all) {
                assertThat(each.get()).isEqualTo(200);
            }
            // The first one that was fetched ahead, and one for all of them.
            assertThat(imds.tokenRequestCount()).isEqualTo(2);
            assertThat(arm.requestCount()).isEqualTo(CALLERS);
        } finally {
            limiter.complete(null);
            threads.shutdownNow();
        }
    }
}
