package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.alibaba.AlibabaMetadata;
import dev.holdfast.azure.AzureImds;
import dev.holdfast.azure.AzureVmInspector;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.credential.CachingCredentialSource;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.service.Presence;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.service.ServiceClient;
import dev.holdfast.emulators.laws.Adapter.Reply;
import dev.holdfast.huawei.HuaweiMetadata;
import dev.holdfast.ibm.IbmVpcMetadata;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A machine on which nothing answers at the metadata address: it is known within 5 s, in virtual time, unless it is worth waiting for. */
class LinkLocalConnectTest {
    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(5);

    @RegisterExtension
    final Bench bench = Bench.skipping();

    private SilentSockets sockets;
    private long began;

    private enum LinkLocal {
        AZURE(
                AzureImds.SERVICE,
                AzureImds::boot,
                client -> AzureImds.managedIdentity(client, "https://vault.azure.net")
                        .build()),
        IBM(
                IbmVpcMetadata.SERVICE,
                IbmVpcMetadata::boot,
                client -> IbmVpcMetadata.identityTokens(client).build()),
        HUAWEI(
                HuaweiMetadata.SERVICE,
                HuaweiMetadata::boot,
                client -> HuaweiMetadata.tokens(client).build()),
        HUAWEI_KEYS(
                HuaweiMetadata.SERVICE,
                HuaweiMetadata::boot,
                client -> HuaweiMetadata.securityKeys(client).build()),
        ALIBABA(
                AlibabaMetadata.SERVICE,
                AlibabaMetadata::boot,
                client -> AlibabaMetadata.tokens(client).build()),
        ALIBABA_ROLE(
                AlibabaMetadata.SERVICE,
                AlibabaMetadata::boot,
                client -> AlibabaMetadata.roleCredentials(client).build());

        private final Service service;
        private final Supplier<Holdfast.Builder> boot;
        private final Function<ServiceClient, CachingCredentialSource> tokens;

        LinkLocal(
                Service service,
                Supplier<Holdfast.Builder> boot,
                Function<ServiceClient, CachingCredentialSource> tokens) {
            this.service = service;
            this.boot = boot;
            this.tokens = tokens;
        }
    }

    @BeforeEach
    void nothingAnswers() {
        sockets = new SilentSockets(bench.time);
        began = bench.time.nanoTime();
    }

    private Duration passed() {
        return Duration.ofNanos(bench.time.nanoTime() - began);
    }

    private OkHttpClient client(UnaryOperator<OkHttpClient.Builder> change) {
        return bench.client(builder -> change.apply(builder.socketFactory(sockets)));
    }

    private Outcome call(OkHttpClient client, Holdfast.Builder holdfast, boolean async) {
        Request request = new Request.Builder().url(bench.url("/x")).build();
        Reply reply = Adapter.reply(
                HoldfastOkHttp.wrap(client, bench.here(holdfast).build()).newCall(request), async);
        assertThat(reply.thrown()).isNotNull();
        return reply.outcome();
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatNeverGetsAConnectionGivesUpAfterTwoTimeouts(LinkLocal of) {
        for (boolean async : new boolean[] {false, true}) {
            sockets.timeouts().clear();
            Outcome outcome = call(client(builder -> builder), Holdfast.builder(of.service), async);
            assertThat(sockets.timeouts()).containsExactly(2_000, 2_000);
            assertThat(outcome.reason()).isEqualTo(StopReason.ATTEMPTS);
            assertThat(outcome.decision().rule()).isEqualTo("fault/connect-timeout");
            assertThat(outcome.total()).isBetween(Duration.ofSeconds(4), KNOWN_WITHIN);
        }
    }

    @ParameterizedTest
    @EnumSource
    void bootWaitsItsPatience(LinkLocal of) {
        Outcome outcome = call(client(builder -> builder), of.boot.get(), false);
        assertThat(outcome.reason()).isEqualTo(StopReason.PATIENCE);
        assertThat(outcome.total()).isGreaterThan(Duration.ofMinutes(2));
        assertThat(sockets.timeouts()).hasSizeGreaterThan(10).containsOnly(2_000);
    }

    @ParameterizedTest
    @EnumSource
    void aTokenFetchKnowsWithin5Seconds(LinkLocal of) throws Exception {
        Holdfast.Builder holdfast = bench.here(Holdfast.builder(of.service));
        ServiceClient client = HoldfastOkHttp.serviceClient(client(builder -> builder), holdfast.build());
        try (CachingCredentialSource tokens = of.tokens.apply(client)) {
            assertThatThrownBy(() -> tokens.current().get()).isInstanceOf(ExecutionException.class);
        }
        assertThat(passed()).isBetween(Duration.ofSeconds(4), KNOWN_WITHIN);
    }

    @ParameterizedTest
    @EnumSource
    void aProbeKnowsWithinASecond(LinkLocal of) {
        Holdfast holdfast = bench.here(Holdfast.builder(of.service)).build();
        assertThat(HoldfastOkHttp.probe(client(builder -> builder), holdfast)).isNotEqualTo(Presence.PRESENT);
        assertThat(sockets.timeouts()).containsExactly(1_000);
        assertThat(passed()).isEqualTo(Duration.ofSeconds(1));
    }

    /** Zero is OkHttp's word for none. */
    @ParameterizedTest
    @CsvSource({"700, 700", "2000, 2000", "2001, 2000", "30000, 2000", "0, 2000"})
    void aShorterTimeoutOfTheCallersClientStays(long callers, int used) {
        OkHttpClient client = client(builder -> builder.connectTimeout(Duration.ofMillis(callers)));
        call(client, Holdfast.builder(AzureImds.SERVICE), false);
        assertThat(sockets.timeouts()).containsExactly(used, used);
        assertThat(client.connectTimeoutMillis()).isEqualTo(callers);
    }

    @Test
    void aControlServiceKeepsTheCallersTimeoutAndAllItsAttempts() {
        OkHttpClient client = client(builder -> builder.connectTimeout(Duration.ofSeconds(7)));
        Holdfast.Builder arm =
                Holdfast.builder(AzureVmInspector.SERVICE).withoutBudget().limits("read", Limits.NONE);
        assertThat(call(client, arm, false).attempts()).hasSize(4);
        assertThat(sockets.timeouts()).isEqualTo(List.of(7_000, 7_000, 7_000, 7_000));
    }
}
