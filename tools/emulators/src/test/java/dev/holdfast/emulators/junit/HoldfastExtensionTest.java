package dev.holdfast.emulators.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.time.VirtualTime;
import dev.holdfast.emulators.azure.AzureImdsEmulator;
import dev.holdfast.emulators.azure.AzureImdsExtension;
import dev.holdfast.okhttp.HoldfastOkHttp;
import dev.holdfast.testkit.emulator.Scenario;
import dev.holdfast.testkit.junit.HoldfastExtension;
import dev.holdfast.testkit.junit.LeakCheck;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

class HoldfastExtensionTest {
    private static final Request LOCATION = new Request.Builder()
            .url("http://169.254.169.254/metadata/instance/compute/location?api-version=2021-02-01&format=text")
            .build();

    private static final Request BALANCER = new Request.Builder()
            .url("http://169.254.169.254/metadata/loadbalancer?api-version=2020-10-01")
            .build();

    /** As a user's test has it. */
    @Nested
    @ExtendWith(AzureImdsExtension.class)
    class WithParameters {
        @RegisterExtension
        final LeakCheck leaks = new LeakCheck();

        private final OkHttpClient client = leaks.watch(new OkHttpClient());
        private VirtualTime before;

        @BeforeEach
        void hasThemBeforeEachToo(VirtualTime time) {
            before = time;
        }

        @Test
        void aMaintenanceOf75SecondsIsSkipped(AzureImdsEmulator imds, Holdfast.Builder holdfast, VirtualTime time)
                throws IOException {
            imds.play(Scenario.updating(Duration.ofSeconds(75)));
            try (Response response = HoldfastOkHttp.wrap(client, holdfast.build())
                    .newCall(LOCATION)
                    .execute()) {
                assertThat(response.body().string()).isEqualTo("westeurope");
                assertThat(HoldfastOkHttp.outcomeOf(response).total()).isGreaterThanOrEqualTo(Duration.ofSeconds(75));
            }
            assertThat(time).isSameAs(before);
            assertThat(time.elapsed()).isBetween(Duration.ofSeconds(75), Duration.ofSeconds(90));
            assertThat(imds.scenariosPlayed()).isTrue();
        }

        @Test
        void asynchronousWaitsAreSkippedToo(AzureImdsEmulator imds, Holdfast.Builder holdfast, VirtualTime time)
                throws Exception {
            imds.play(Scenario.named("rough-start"));
            CompletableFuture<Response> answer = new CompletableFuture<>();
            HoldfastOkHttp.wrap(client, holdfast.build()).newCall(BALANCER).enqueue(new Callback() {
                @Override
                public void onFailure(Call call, IOException e) {
                    answer.completeExceptionally(e);
                }

                @Override
                public void onResponse(Call call, Response response) {
                    answer.complete(response);
                }
            });
            try (Response response = answer.get()) {
                assertThat(response.code()).isEqualTo(200);
            }
            assertThat(time.elapsed()).isGreaterThan(Duration.ofSeconds(20));
        }
    }

    /** As a user's test has it that looks inside a wait. */
    @Nested
    class WithManualTime {
        @RegisterExtension
        final HoldfastExtension<AzureImdsEmulator> holdfast =
                new AzureImdsExtension().withManualTime().withSeed(7);

        @RegisterExtension
        final LeakCheck leaks = new LeakCheck();

        @Test
        void aCallIsCancelledInTheMiddleOfAWait() throws Exception {
            Holdfast policy =
                    holdfast.configure(Holdfast.builder(AzureImds.SERVICE)).build();
            OkHttpClient client = leaks.watch(new OkHttpClient());
            leaks.watch(holdfast.time());
            holdfast.emulator().play(Scenario.throttle(1));
            Call call = HoldfastOkHttp.wrap(client, policy).newCall(LOCATION);
            CompletableFuture<Throwable> end = CompletableFuture.supplyAsync(() -> {
                try (Response response = call.execute()) {
                    return new AssertionError("answered " + response.code());
                } catch (IOException e) {
                    return e;
                }
            });
            holdfast.time().awaitWaiters(1);
            assertThat(end).isNotDone();
            call.cancel();
            Outcome outcome = Outcome.of(end.get());
            assertThat(outcome.reason()).isEqualTo(StopReason.CANCELLED);
            assertThat(outcome.decision().kind()).isEqualTo(ErrorKind.THROTTLED);
            assertThat(holdfast.time().elapsed()).isZero();
            assertThat(holdfast.emulator().requestCount()).isEqualTo(1);
        }

        @Test
        void theSeedMakesWaitsRepeatable() throws Exception {
            Holdfast policy = holdfast.configure(Holdfast.builder(AzureImds.SERVICE))
                    .limits("default", Limits.NONE)
                    .build();
            Duration first = policy.policy().backoff(Pace.THROTTLE).delay(0, Duration.ZERO, Randomness.seeded(7));
            OkHttpClient client = leaks.watch(new OkHttpClient());
            holdfast.emulator().play(Scenario.throttle(1));
            CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> {
                try (Response response =
                        HoldfastOkHttp.wrap(client, policy).newCall(LOCATION).execute()) {
                    return response.code();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            holdfast.time().awaitWaiters(1);
            holdfast.time().advance(first.minusNanos(1));
            assertThat(holdfast.time().pending()).isEqualTo(1);
            holdfast.time().advance(Duration.ofNanos(1));
            assertThat(status.get()).isEqualTo(200);
        }
    }

    @Test
    void hasNothingOutsideOfATest() {
        HoldfastExtension<AzureImdsEmulator> idle = new AzureImdsExtension();
        assertThatThrownBy(idle::emulator).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(idle::time).isInstanceOf(IllegalStateException.class);
    }
}
