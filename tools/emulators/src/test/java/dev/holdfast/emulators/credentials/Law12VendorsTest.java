package dev.holdfast.emulators.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.alibaba.AlibabaMetadata;
import dev.holdfast.alibaba.AlibabaSlb;
import dev.holdfast.azure.AzureImds;
import dev.holdfast.azure.AzureVmInspector;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialSource;
import dev.holdfast.core.credential.SigningView;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.outcome.HoldfastListener;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.service.ServiceClient;
import dev.holdfast.core.time.TimeSource;
import dev.holdfast.emulators.alibaba.AlibabaMetadataEmulator;
import dev.holdfast.emulators.alibaba.AlibabaSlbEmulator;
import dev.holdfast.emulators.azure.AzureImdsEmulator;
import dev.holdfast.emulators.azure.AzureVmInspectorEmulator;
import dev.holdfast.emulators.huawei.HuaweiIMetalEmulator;
import dev.holdfast.emulators.huawei.HuaweiMetadataEmulator;
import dev.holdfast.emulators.ibm.IbmVpcMetadataEmulator;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Adapter.Reply;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.emulators.laws.CapturedLogs;
import dev.holdfast.emulators.laws.SeenEvents;
import dev.holdfast.emulators.laws.Texts;
import dev.holdfast.huawei.HuaweiIMetal;
import dev.holdfast.huawei.HuaweiMetadata;
import dev.holdfast.ibm.IbmVpcMetadata;
import dev.holdfast.testkit.emulator.Emulator;
import dev.holdfast.testkit.emulator.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Stream;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Law 12 for each vendor's kind of credential: whatever was really sent is searched for in whatever anybody could read. */
class Law12VendorsTest {
    private static final String ARM =
            "/subscriptions/8d10da13-8125-4ba9-a717-bf7490507b3d/providers/Microsoft.Compute/locations/westeurope/diagnostics"
                    + "?api-version=2024-03-01-preview";

    @RegisterExtension
    final Bench bench = Bench.skipping();

    private final List<Emulator> emulators = new ArrayList<>();
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private final Set<String> secrets = ConcurrentHashMap.newKeySet();
    private final HoldfastListener listener = new SeenEvents(seen);

    /** Notes what passes. */
    private final class Watched implements CredentialSource {
        private final CredentialSource source;

        Watched(CredentialSource source) {
            this.source = source;
        }

        @Override
        public CompletableFuture<Credential> current() {
            return source.current();
        }

        @Override
        public CompletableFuture<Credential> refresh(Credential refused, Decision decision) {
            seen.add(refused + " " + decision);
            return source.refresh(refused, decision);
        }

        @Override
        public void apply(Credential credential, SigningView request) {
            secrets.add(credential.secret().value());
            if (credential.sessionToken() != null) {
                secrets.add(credential.sessionToken().value());
            }
            source.apply(credential, request);
            seen.add(credential + " " + request);
        }

        @Override
        public boolean correctClock(Instant serverTime) {
            return source.correctClock(serverTime);
        }

        @Override
        public void onRejected(Credential used, Decision decision) {
            source.onRejected(used, decision);
        }

        @Override
        public void close() {
            seen.add(source.toString());
            source.close();
        }
    }

    private record Setting(Service service, Emulator emulator, Emulator issuer, Ask ask, CredentialSource source) {}

    static Stream<Arguments> everyVendorThroughEveryDoor() {
        return Stream.of("azure", "ibm", "huawei-token", "huawei-key", "alibaba-token", "alibaba-role")
                .flatMap(each -> Stream.of(Adapter.values()).map(adapter -> Arguments.of(each, adapter)));
    }

    private <E extends Emulator> E started(Function<TimeSource, E> maker) {
        E emulator = maker.apply(bench.time);
        emulator.start();
        emulators.add(emulator);
        return emulator;
    }

    private Holdfast.Builder at(Service service, Emulator emulator) {
        return bench.here(Holdfast.builder(service))
                .endpoint(emulator.url())
                .listener(listener)
                .withoutBudget();
    }

    private ServiceClient serviceClient(Adapter adapter, Service service, Emulator emulator) {
        return adapter.serviceClient(bench, at(service, emulator).build());
    }

    private Setting setting(String vendor, Adapter adapter) {
        return switch (vendor) {
            case "azure" -> {
                AzureImdsEmulator imds = started(AzureImdsEmulator::new);
                yield new Setting(
                        AzureVmInspector.SERVICE,
                        started(clock -> new AzureVmInspectorEmulator(clock).trusting(imds)),
                        imds,
                        Ask.get(ARM),
                        AzureImds.managedIdentity(
                                        serviceClient(adapter, AzureImds.SERVICE, imds),
                                        "https://management.azure.com/")
                                .build());
            }
            case "ibm" -> {
                Emulator vpc = started(IbmVpcMetadataEmulator::new);
                yield new Setting(
                        IbmVpcMetadata.SERVICE,
                        vpc,
                        vpc,
                        Ask.get("/metadata/v1/instance?version=2025-08-26"),
                        IbmVpcMetadata.identityTokens(serviceClient(adapter, IbmVpcMetadata.SERVICE, vpc))
                                .build());
            }
            case "huawei-token" -> {
                Emulator metadata = started(clock -> new HuaweiMetadataEmulator(clock).enforcingTokens());
                yield new Setting(
                        HuaweiMetadata.SERVICE,
                        metadata,
                        metadata,
                        Ask.get("/openstack/latest/meta_data.json"),
                        HuaweiMetadata.tokens(serviceClient(adapter, HuaweiMetadata.SERVICE, metadata))
                                .build());
            }
            case "huawei-key" -> {
                HuaweiMetadataEmulator metadata = started(HuaweiMetadataEmulator::new);
                yield new Setting(
                        HuaweiIMetal.in("cn-north-4"),
                        started(clock -> new HuaweiIMetalEmulator(clock).knowing(metadata)),
                        metadata,
                        Ask.get("/v1/" + HuaweiIMetalEmulator.PROJECT_ID + "/instances"),
                        HuaweiMetadata.securityKeys(serviceClient(adapter, HuaweiMetadata.SERVICE, metadata))
                                .build());
            }
            case "alibaba-token" -> {
                Emulator metadata = started(clock -> new AlibabaMetadataEmulator(clock).hardened());
                yield new Setting(
                        AlibabaMetadata.SERVICE,
                        metadata,
                        metadata,
                        Ask.get("/latest/meta-data/instance-id"),
                        AlibabaMetadata.tokens(serviceClient(adapter, AlibabaMetadata.SERVICE, metadata))
                                .build());
            }
            default -> {
                AlibabaMetadataEmulator metadata = started(AlibabaMetadataEmulator::new);
                yield new Setting(
                        AlibabaSlb.SERVICE,
                        started(clock -> new AlibabaSlbEmulator(clock).knowing(metadata)),
                        metadata,
                        new Ask(
                                "GET",
                                "/?RegionId=cn-hangzhou",
                                Headers.of("x-acs-action", "DescribeRegions", "x-acs-version", "2014-05-15")),
                        AlibabaMetadata.roleCredentials(serviceClient(adapter, AlibabaMetadata.SERVICE, metadata))
                                .build());
            }
        };
    }

    @BeforeEach
    void listen() {
        CapturedLogs.clear();
    }

    @AfterEach
    void close() {
        emulators.forEach(Emulator::close);
    }

    @ParameterizedTest
    @MethodSource("everyVendorThroughEveryDoor")
    void nothingThatWasSentIsToBeRead(String vendor, Adapter adapter) throws Exception {
        Setting setting = setting(vendor, adapter);
        CredentialSource watched = new Watched(setting.source());
        Holdfast holdfast =
                at(setting.service(), setting.emulator()).credentials(watched).build();
        Ask ask = new Ask(
                setting.ask().method(),
                setting.emulator().url() + setting.ask().target(),
                setting.ask().headers());

        look(adapter.call(bench, holdfast, ask), 200);
        setting.emulator().play(Scenario.credentialRefused(Integer.MAX_VALUE));
        look(adapter.call(bench, holdfast, ask), null);
        setting.emulator().stopScenarios().play(Scenario.truncatedBody(1));
        look(adapter.call(bench, holdfast, ask), null);
        setting.issuer().play(Scenario.unavailable(Integer.MAX_VALUE));
        bench.time.jumpWall(Duration.ofDays(2));
        look(adapter.call(bench, holdfast, ask), null);
        watched.close();

        seen.addAll(CapturedLogs.lines());
        assertThat(secrets).as("what was sent").isNotEmpty();
        for (String secret : secrets) {
            assertThat(seen).noneMatch(text -> text.contains(secret));
        }
    }

    private void look(Reply reply, Integer status) {
        if (status != null) {
            assertThat(reply.status()).as(String.valueOf(reply.thrown())).isEqualTo(status);
        }
        Outcome outcome = reply.outcome();
        seen.add(outcome + outcome.table() + outcome.json() + outcome.decision());
        if (reply.thrown() != null) {
            seen.add(Texts.of(reply.thrown()));
        }
    }
}
