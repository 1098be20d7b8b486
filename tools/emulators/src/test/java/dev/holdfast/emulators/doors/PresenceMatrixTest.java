package dev.holdfast.emulators.doors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.alibaba.AlibabaMetadata;
import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.ServiceProvider;
import dev.holdfast.core.service.Presence;
import dev.holdfast.core.service.Service;
import dev.holdfast.emulators.alibaba.AlibabaMetadataEmulator;
import dev.holdfast.emulators.azure.AzureImdsEmulator;
import dev.holdfast.emulators.huawei.HuaweiMetadataEmulator;
import dev.holdfast.emulators.ibm.IbmVpcMetadataEmulator;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.huawei.HuaweiMetadata;
import dev.holdfast.ibm.IbmVpcMetadata;
import dev.holdfast.jdk.HoldfastHttpClient;
import dev.holdfast.okhttp.HoldfastOkHttp;
import dev.holdfast.testkit.emulator.Emulator;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each metadata service beside each one that may answer in its place: a service is present by its own mark, and by nothing else. */
class PresenceMatrixTest {
    private static final HttpClient JDK =
            HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();

    private static final List<Service> SERVICES =
            List.of(AzureImds.SERVICE, IbmVpcMetadata.SERVICE, HuaweiMetadata.SERVICE, AlibabaMetadata.SERVICE);

    @RegisterExtension
    final Bench bench = Bench.skipping();

    private enum Cloud {
        AZURE(AzureImds.SERVICE, () -> new AzureImdsEmulator().start()),
        IBM(IbmVpcMetadata.SERVICE, () -> new IbmVpcMetadataEmulator().start()),
        HUAWEI(HuaweiMetadata.SERVICE, () -> new HuaweiMetadataEmulator().start()),
        HUAWEI_WITHOUT_AGENCY(
                HuaweiMetadata.SERVICE,
                () -> new HuaweiMetadataEmulator().withoutAgency().start()),
        ALIBABA(AlibabaMetadata.SERVICE, () -> new AlibabaMetadataEmulator().start()),
        ALIBABA_HARDENED(
                AlibabaMetadata.SERVICE,
                () -> new AlibabaMetadataEmulator().hardened().start());

        private final Service service;
        private final java.util.function.Supplier<Emulator> emulator;

        Cloud(Service service, java.util.function.Supplier<Emulator> emulator) {
            this.service = service;
            this.emulator = emulator;
        }
    }

    private Presence byOkHttp(Service service, URI at) {
        return HoldfastOkHttp.probe(
                bench.client, Holdfast.builder(service).endpoint(at).build());
    }

    private static Presence byJdk(Service service, URI at) {
        return HoldfastHttpClient.wrap(
                        JDK, Holdfast.builder(service).endpoint(at).build())
                .probe();
    }

    private void onlyIsPresent(Service expected, URI at) {
        for (Service service : SERVICES) {
            Presence presence = service.id().equals(expected.id()) ? Presence.PRESENT : Presence.ABSENT;
            assertThat(byOkHttp(service, at)).as(service.id()).isEqualTo(presence);
            assertThat(byJdk(service, at)).as(service.id()).isEqualTo(presence);
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachCloudIsItself(Cloud cloud) {
        try (Emulator emulator = cloud.emulator.get()) {
            onlyIsPresent(cloud.service, emulator.url());
        }
    }

    @ParameterizedTest
    @EnumSource
    void detectionFindsIt(Cloud cloud) {
        try (Emulator emulator = cloud.emulator.get()) {
            Function<Service, Presence> probe = service -> byOkHttp(service, emulator.url());
            assertThat(ServiceProvider.detect(probe)).map(Service::id).contains(cloud.service.id());
        }
    }

    /** What other clouds and intermediaries answer, after their public documents and reports. */
    private static Stream<Arguments> others() {
        return Stream.of(
                Arguments.of(
                        "AWS, list",
                        200,
                        "text/plain",
                        "EC2ws",
                        "ami-id\nami-launch-index\nhostname\ninstance-id\nplacement/\n"),
                Arguments.of(
                        "AWS, IMDSv2 enforced",
                        401,
                        "text/html",
                        "EC2ws",
                        "<html><head><title>401 - Unauthorized</title></head></html>"),
                Arguments.of(
                        "Google, root", 200, "application/text", "Metadata Server for VM", "0.1/\ncomputeMetadata/\n"),
                Arguments.of(
                        "Google, 404",
                        404,
                        "text/html; charset=UTF-8",
                        "Metadata Server for VM",
                        "<html><title>Error 404 (Not Found)!!1</title></html>"),
                Arguments.of("OpenStack, versions", 200, "text/plain", "", "1.0\n2007-01-19\n2009-04-04\nlatest"),
                Arguments.of(
                        "OpenStack, list",
                        200,
                        "text/plain",
                        "",
                        "meta_data.json\nnetwork_data.json\nvendor_data.json\npassword"),
                Arguments.of(
                        "OpenStack, 404",
                        404,
                        "text/html",
                        "",
                        "<html><head><title>404 Not Found</title></head><body>The resource could not be found.</body></html>"),
                Arguments.of(
                        "Oracle, v1",
                        404,
                        "application/json",
                        "",
                        "{\"code\":\"NotFound\",\"message\":\"404 page not found\"}"),
                Arguments.of(
                        "Oracle, v2 only",
                        404,
                        "text/html",
                        "nginx/1.14.2",
                        "<html><head><title>404 Not Found</title></head></html>"),
                Arguments.of("DigitalOcean", 404, "text/plain", "", "not found\n"),
                Arguments.of(
                        "FortiGate", 200, "text/html", "", "<html><title>Web Filter Block Override</title></html>"),
                Arguments.of(
                        "squid",
                        403,
                        "text/html",
                        "squid/5.7",
                        "<html><title>ERROR: The requested URL could not be retrieved</title></html>"),
                Arguments.of("nothing", 200, "", "", ""),
                Arguments.of("JSON of any service", 200, "application/json", "", "{\"status\":\"ok\"}"));
    }

    @ParameterizedTest
    @MethodSource("others")
    void noOtherIsTakenForAny(String who, int status, String type, String server, String body) {
        bench.server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                MockResponse.Builder response =
                        new MockResponse.Builder().code(status).body(body);
                if (!type.isEmpty()) {
                    response.addHeader("Content-Type", type);
                }
                if (!server.isEmpty()) {
                    response.addHeader("Server", server);
                }
                return response.build();
            }
        });
        for (Service service : SERVICES) {
            assertThat(byOkHttp(service, bench.endpoint()))
                    .as(who + " for " + service.id())
                    .isEqualTo(Presence.ABSENT);
            assertThat(byJdk(service, bench.endpoint()))
                    .as(who + " for " + service.id())
                    .isEqualTo(Presence.ABSENT);
        }
        assertThat(ServiceProvider.detect(service -> byOkHttp(service, bench.endpoint())))
                .isEqualTo(Optional.empty());
    }
}
