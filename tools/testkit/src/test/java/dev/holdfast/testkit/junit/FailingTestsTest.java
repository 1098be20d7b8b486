package dev.holdfast.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.time.Scheduler;
import dev.holdfast.core.time.VirtualTime;
import dev.holdfast.testkit.fifth.OracleCompute;
import dev.holdfast.testkit.fifth.OracleComputeEmulator;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs tests that must fail. */
class FailingTestsTest {
    private static URI lastUrl;

    /** As a vendor offers the extension for {@code @ExtendWith}. */
    static final class Compute extends HoldfastExtension<OracleComputeEmulator> {
        Compute() {
            super(OracleCompute.in("eu-frankfurt-1"), OracleComputeEmulator::new);
        }
    }

    private static Throwable failureOf(Class<?> test, String... configuration) {
        EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter").selectors(selectClass(test));
        for (int i = 0; i < configuration.length; i += 2) {
            kit.configurationParameter(configuration[i], configuration[i + 1]);
        }
        EngineExecutionResults results = kit.execute();
        assertThat(results.testEvents().failed().count()).isEqualTo(1);
        return results.testEvents().failed().stream()
                .findFirst()
                .orElseThrow()
                .getPayload(org.junit.platform.engine.TestExecutionResult.class)
                .orElseThrow()
                .getThrowable()
                .orElseThrow();
    }

    @ExtendWith(Compute.class)
    static class Fails {
        @Test
        void fails(OracleComputeEmulator compute) {
            lastUrl = compute.url();
            throw new IllegalStateException("the agent is wrong");
        }
    }

    @Test
    void aFailureNamesTheSeedAndClosesTheEmulator() {
        Throwable failure = failureOf(Fails.class, "holdfast.seed", "-42");
        assertThat(failure).hasMessage("the agent is wrong");
        assertThat(failure.getSuppressed())
                .singleElement()
                .satisfies(note -> assertThat(note).hasMessageContaining("-Dholdfast.seed=-42"));
        assertThatThrownBy(() -> new Socket(lastUrl.getHost(), lastUrl.getPort()).close())
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void withoutASeedThereIsANewOne() {
        assertThat(failureOf(Fails.class).getSuppressed()[0].getMessage())
                .isNotEqualTo(failureOf(Fails.class).getSuppressed()[0].getMessage());
    }

    static class LeavesAWait {
        @RegisterExtension
        final HoldfastExtension<OracleComputeEmulator> holdfast = new Compute().withManualTime();

        @Test
        void leavesAWait() {
            holdfast.time().schedule(() -> {}, lost -> {}, Duration.ofSeconds(1));
        }
    }

    @Test
    void aPendingWaitFailsTheTest() {
        assertThat(failureOf(LeavesAWait.class, "holdfast.leak-limit", "PT0.2S"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("1 waits pending");
    }

    static class LeaksAConnection {
        private static Response leaked;

        @RegisterExtension
        final HoldfastExtension<OracleComputeEmulator> holdfast = new Compute();

        @RegisterExtension
        final LeakCheck leaks = new LeakCheck();

        @Test
        void doesNotClose() throws Exception {
            OkHttpClient client = leaks.watch(new OkHttpClient());
            leaked = client.newCall(new Request.Builder()
                            .url(holdfast.emulator().url() + "/20160918/instances?compartmentId=1")
                            .build())
                    .execute();
        }

        @AfterAll
        static void close() {
            leaked.close();
        }
    }

    @Test
    void aLeakedConnectionFailsTheTest() {
        assertThat(failureOf(LeaksAConnection.class, "holdfast.leak-limit", "PT0.2S"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("1 connections in use");
    }

    @ExtendWith(Compute.class)
    static class WantsThemTooEarly {
        WantsThemTooEarly(Holdfast.Builder builder) {}

        @Test
        void neverRuns() {}
    }

    @Test
    void aConstructorHasNoParameters() {
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(WantsThemTooEarly.class))
                .execute();
        assertThat(results.testEvents().succeeded().count()).isZero();
    }

    @Test
    void aClockIsWatchedToo() throws Exception {
        LeakCheck leaks = new LeakCheck();
        VirtualTime time = leaks.watch(VirtualTime.manual());
        leaks.check();
        Scheduler.Timer timer = time.schedule(() -> {}, lost -> {}, Duration.ofSeconds(1));
        assertThat(leaks.leaks()).containsExactly("1 waits still pending");
        timer.cancel();
        leaks.check();
    }
}
