package dev.holdfast.emulators.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.alibaba.AlibabaMetadata;
import dev.holdfast.alibaba.AlibabaSlb;
import dev.holdfast.azure.ArmTokens;
import dev.holdfast.azure.AzureImds;
import dev.holdfast.azure.AzureVmInspector;
import dev.holdfast.azure.DiskInspections;
import dev.holdfast.azure.ManagedIdentity;
import dev.holdfast.core.Holdfast;
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
import dev.holdfast.huawei.HuaweiIMetal;
import dev.holdfast.huawei.HuaweiMetadata;
import dev.holdfast.ibm.IamTokens;
import dev.holdfast.ibm.IbmVpcMetadata;
import dev.holdfast.ibm.IdentityTokens;
import dev.holdfast.testkit.emulator.Emulator;
import dev.holdfast.testkit.emulator.HttpEmulator;
import dev.holdfast.testkit.emulator.ReceivedRequest;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One line for a vendor's whole chain: metadata token, temporary key and signed call, each through the same adapter. */
class ChainsTest {
    @RegisterExtension
    final Bench bench = Bench.skipping();

    private UnaryOperator<Holdfast.Builder> at(Emulator emulator) {
        return builder -> bench.here(builder).endpoint(emulator.url()).withoutBudget();
    }

    private Holdfast over(Adapter adapter, Holdfast.Chain chain, Emulator metadata, Emulator service) {
        return chain.metadata(at(metadata))
                .service(at(service))
                .over(holdfast -> adapter.serviceClient(bench, holdfast));
    }

    private static void succeeds(Reply reply) {
        assertThat(reply.thrown()).isNull();
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }

    private static List<String> asked(HttpEmulator<?> emulator) {
        return emulator.requests().stream().map(ReceivedRequest::toString).toList();
    }

    /** Closed, no source of the chain gives out what it held. */
    private void holdsNothingOnceClosed(Adapter adapter, Holdfast holdfast, Ask ask) throws Exception {
        holdfast.credentials().close();
        assertThat(adapter.call(bench, holdfast, ask).thrown()).hasStackTraceContaining("is closed");
    }

    @ParameterizedTest
    @EnumSource
    void alibaba(Adapter adapter) throws Exception {
        try (AlibabaMetadataEmulator metadata =
                        new AlibabaMetadataEmulator(bench.time).hardened().start();
                AlibabaSlbEmulator slb =
                        new AlibabaSlbEmulator(bench.time).knowing(metadata).start()) {
            Holdfast holdfast = over(adapter, AlibabaSlb.chain("cn-hangzhou"), metadata, slb);
            Ask ask = new Ask(
                    "POST",
                    slb.url() + "/?RegionId=cn-hangzhou",
                    Headers.of("x-acs-action", "DescribeRegions", "x-acs-version", "2014-05-15"));
            succeeds(adapter.call(bench, holdfast, ask));
            succeeds(adapter.call(bench, holdfast, ask));
            assertThat(asked(metadata))
                    .containsExactly(
                            "PUT /latest/api/token",
                            "GET /latest/meta-data/ram/security-credentials/",
                            "GET /latest/meta-data/ram/security-credentials/" + AlibabaMetadataEmulator.ROLE);
            holdsNothingOnceClosed(adapter, holdfast, ask);
        }
    }

    @ParameterizedTest
    @EnumSource
    void huawei(Adapter adapter) throws Exception {
        try (HuaweiMetadataEmulator metadata =
                        new HuaweiMetadataEmulator(bench.time).enforcingTokens().start();
                HuaweiIMetalEmulator imetal =
                        new HuaweiIMetalEmulator(bench.time).knowing(metadata).start()) {
            Holdfast holdfast = over(adapter, HuaweiIMetal.chain("cn-east-3"), metadata, imetal);
            Ask ask = Ask.get(imetal.url() + "/v1/" + "0".repeat(32) + "/instances");
            Reply reply = adapter.call(bench, holdfast, ask);
            assertThat(reply.status()).as(reply.body()).isNotEqualTo(401).isNotZero();
            assertThat(asked(metadata))
                    .containsExactly("PUT /meta-data/latest/api/token", "GET /openstack/latest/securitykey");
            holdsNothingOnceClosed(adapter, holdfast, ask);
        }
    }

    @ParameterizedTest
    @EnumSource
    void ibm(Adapter adapter) throws Exception {
        try (IbmVpcMetadataEmulator vpc = new IbmVpcMetadataEmulator(bench.time).start()) {
            Holdfast holdfast = over(adapter, IbmVpcMetadata.chain(), vpc, vpc);
            Ask ask = Ask.get(vpc.url() + "/metadata/v1/instance?version=2025-08-26");
            succeeds(adapter.call(bench, holdfast, ask));
            assertThat(asked(vpc)).hasSize(2).first().asString().startsWith("PUT /identity/v1/token");
            holdsNothingOnceClosed(adapter, holdfast, ask);
        }
    }

    @ParameterizedTest
    @EnumSource
    void azure(Adapter adapter) throws Exception {
        try (AzureImdsEmulator imds =
                        new AzureImdsEmulator(bench.time).withoutLimits().start();
                AzureVmInspectorEmulator arm =
                        new AzureVmInspectorEmulator(bench.time).trusting(imds).start()) {
            Holdfast holdfast = over(adapter, AzureVmInspector.chain("AzurePublicCloud"), imds, arm);
            Ask ask = Ask.get(arm.url() + "/subscriptions/s/providers/Microsoft.Compute/locations/l/diagnostics"
                    + "?api-version=2024-03-01-preview");
            Reply reply = adapter.call(bench, holdfast, ask);
            assertThat(reply.status()).as(reply.body()).isNotEqualTo(401).isNotZero();
            assertThat(asked(imds))
                    .containsExactly("GET /metadata/identity/oauth2/token?api-version=2018-02-01"
                            + "&resource=https%3A%2F%2Fmanagement.azure.com%2F");
            holdsNothingOnceClosed(adapter, holdfast, ask);
        }
    }

    /** A token for another cloud's Resource Manager would be refused there. */
    @ParameterizedTest
    @ValueSource(strings = {"AzureUSGovernmentCloud", "AzureChinaCloud"})
    void azuresResourceIsTheClouds(String cloud) throws Exception {
        try (AzureImdsEmulator imds =
                new AzureImdsEmulator(bench.time).withoutLimits().start()) {
            Holdfast holdfast = over(Adapter.JDK_SEND, AzureVmInspector.chain(cloud), imds, imds);
            String host = AzureVmInspector.in(cloud).baseUrl().getHost();
            holdfast.credentials()
                    .current()
                    .handle((credential, thrown) -> null)
                    .join();
            assertThat(asked(imds)).singleElement().asString().contains("&resource=https%3A%2F%2F" + host + "%2F");
        }
    }

    @Test
    void badNamesAreRefusedBeforeAnythingIsAsked() {
        assertThatThrownBy(() -> AlibabaSlb.chain("no region")).hasMessageContaining("no region");
        assertThatThrownBy(() -> HuaweiIMetal.chain("eu-de")).hasMessageContaining("eu-de");
        assertThatThrownBy(() -> AzureVmInspector.chain("AzureGermanCloud")).hasMessageContaining("2021");
        assertThatThrownBy(() -> Holdfast.chain(Holdfast.of(AzureImds.SERVICE), Holdfast.of(AzureImds.SERVICE)))
                .hasMessageContaining("sources");
    }

    /**
     * A user without OkHttp compiles against these classes. A call of an overloaded method makes the compiler look at each of its types, also at those that are
     * not there.
     */
    @Test
    void noMethodOfAVendorKeepsAUserOfTheOtherClientAway() {
        Stream.of(
                        AzureImds.class,
                        AzureVmInspector.class,
                        ManagedIdentity.class,
                        ArmTokens.class,
                        DiskInspections.class,
                        IbmVpcMetadata.class,
                        IdentityTokens.class,
                        IamTokens.class,
                        HuaweiIMetal.class,
                        HuaweiMetadata.class,
                        AlibabaSlb.class,
                        AlibabaMetadata.class)
                .forEach(vendor -> {
                    List<Method> methods = Arrays.stream(vendor.getDeclaredMethods())
                            .filter(method -> Modifier.isPublic(method.getModifiers()))
                            .toList();
                    assertThat(methods).isNotEmpty();
                    assertThat(methods).noneMatch(method -> names(method, "java.net.http."));
                    List<String> overloaded = methods.stream()
                            .filter(method -> names(method, "okhttp3."))
                            .map(Method::getName)
                            .filter(name -> methods.stream()
                                            .filter(each -> each.getName().equals(name))
                                            .count()
                                    > 1)
                            .toList();
                    assertThat(overloaded).as(vendor.getName()).isEmpty();
                });
    }

    private static boolean names(Method method, String types) {
        return Stream.concat(Stream.of(method.getReturnType()), Stream.of(method.getParameterTypes()))
                .anyMatch(type -> type.getName().startsWith(types));
    }
}
