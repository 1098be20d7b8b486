package dev.holdfast.emulators.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.alibaba.AlibabaSlb;
import dev.holdfast.azure.AzureVmInspector;
import dev.holdfast.core.Holdfast;
import dev.holdfast.emulators.alibaba.AlibabaMetadataEmulator;
import dev.holdfast.emulators.alibaba.AlibabaSlbEmulator;
import dev.holdfast.emulators.azure.AzureImdsEmulator;
import dev.holdfast.emulators.azure.AzureVmInspectorEmulator;
import dev.holdfast.emulators.connections.Trusting;
import dev.holdfast.emulators.huawei.HuaweiIMetalEmulator;
import dev.holdfast.emulators.huawei.HuaweiMetadataEmulator;
import dev.holdfast.emulators.ibm.IbmVpcMetadataEmulator;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Adapter.Reply;
import dev.holdfast.huawei.HuaweiIMetal;
import dev.holdfast.ibm.IbmVpcMetadata;
import dev.holdfast.jdk.HoldfastHttpClient;
import dev.holdfast.testkit.emulator.Emulator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each line as the README has it: with OkHttp at the vendor's own addresses, with java.net.http at those of the emulators. */
class ChainLinesTest {
    private static final HttpClient JDK =
            HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();

    private record Machine(Emulator metadata, Emulator service) implements AutoCloseable {
        @Override
        public void close() {
            service.close();
            metadata.close();
        }
    }

    private enum Line {
        ALIBABA(
                "100.100.100.200:80",
                client -> AlibabaSlb.signedByRole(client, "cn-hangzhou"),
                () -> AlibabaSlb.chain("cn-hangzhou"),
                AlibabaSlb.in("cn-hangzhou").baseUrl(),
                "POST",
                "/?RegionId=cn-hangzhou",
                Headers.of("x-acs-action", "DescribeRegions", "x-acs-version", "2014-05-15")) {
            @Override
            Machine machine() {
                AlibabaMetadataEmulator metadata =
                        new AlibabaMetadataEmulator().hardened().start();
                return new Machine(
                        metadata, new AlibabaSlbEmulator().knowing(metadata).start());
            }
        },
        HUAWEI(
                "169.254.169.254:80",
                client -> HuaweiIMetal.signedByAgency(client, "cn-east-3"),
                () -> HuaweiIMetal.chain("cn-east-3"),
                HuaweiIMetal.in("cn-east-3").baseUrl(),
                "GET",
                "/v1/" + HuaweiIMetalEmulator.PROJECT_ID + "/instances",
                Headers.of()) {
            @Override
            Machine machine() {
                HuaweiMetadataEmulator metadata =
                        new HuaweiMetadataEmulator().enforcingTokens().start();
                return new Machine(
                        metadata, new HuaweiIMetalEmulator().knowing(metadata).start());
            }
        },
        AZURE(
                "169.254.169.254:80",
                AzureVmInspector::byManagedIdentity,
                () -> AzureVmInspector.chain("AzurePublicCloud"),
                AzureVmInspector.SERVICE.baseUrl(),
                "GET",
                "/subscriptions/s/providers/Microsoft.Compute/locations/l/diagnostics?api-version=2024-03-01-preview",
                Headers.of()) {
            @Override
            Machine machine() {
                AzureImdsEmulator imds = new AzureImdsEmulator().withoutLimits().start();
                return new Machine(
                        imds, new AzureVmInspectorEmulator().trusting(imds).start());
            }
        },
        IBM(
                "169.254.169.254:80",
                IbmVpcMetadata::withIdentityTokens,
                IbmVpcMetadata::chain,
                IbmVpcMetadata.SERVICE.baseUrl(),
                "GET",
                "/metadata/v1/instance?version=2025-08-26",
                Headers.of()) {
            @Override
            Machine machine() {
                Emulator vpc = new IbmVpcMetadataEmulator().start();
                return new Machine(vpc, vpc);
            }
        };

        private final String metadataAddress;
        private final Function<OkHttpClient, Call.Factory> okHttp;
        private final Supplier<Holdfast.Chain> chain;
        private final URI baseUrl;
        private final String method;
        private final String target;
        private final Headers headers;

        Line(
                String metadataAddress,
                Function<OkHttpClient, Call.Factory> okHttp,
                Supplier<Holdfast.Chain> chain,
                URI baseUrl,
                String method,
                String target,
                Headers headers) {
            this.metadataAddress = metadataAddress;
            this.okHttp = okHttp;
            this.chain = chain;
            this.baseUrl = baseUrl;
            this.method = method;
            this.target = target;
            this.headers = headers;
        }

        abstract Machine machine();
    }

    @ParameterizedTest
    @EnumSource
    void withOkHttp(Line line) throws Exception {
        try (Machine machine = line.machine();
                VendorNetwork network = new VendorNetwork(
                        machine.metadata().url(), machine.service().url())) {
            OkHttpClient client = Trusting.client(new OkHttpClient.Builder())
                    .socketFactory(network)
                    .dns(network.dns())
                    .build();
            Call.Factory calls = line.okHttp.apply(client);
            Request request = new Request.Builder()
                    .url(line.baseUrl + line.target)
                    .headers(line.headers)
                    .method(line.method, line.method.equals("GET") ? null : RequestBody.create("", null))
                    .build();
            for (boolean async : new boolean[] {false, true}) {
                Reply reply = Adapter.reply(calls.newCall(request), async);
                assertThat(reply.thrown()).isNull();
                assertThat(reply.status()).as(reply.body()).isEqualTo(200);
                assertThat(reply.outcome().attempts()).hasSize(1);
            }
            assertThat(network.connected()).first().isEqualTo(line.metadataAddress);
            if (line == Line.IBM) {
                assertThat(network.connected()).containsOnly(line.metadataAddress);
            } else {
                assertThat(network.connected()).contains("192.0.2.1:443");
                assertThat(network.lookedUp()).containsOnly(line.baseUrl.getHost());
            }
            assertThat(machine.metadata().tokenRequestCount()).isPositive();
            client.dispatcher().executorService().shutdown();
            client.connectionPool().evictAll();
        }
    }

    @ParameterizedTest
    @EnumSource
    void withTheJdksClient(Line line) throws Exception {
        try (Machine machine = line.machine()) {
            HttpClient calls = HoldfastHttpClient.wrap(
                    JDK,
                    line.chain
                            .get()
                            .metadata(it -> it.endpoint(machine.metadata().url()))
                            .service(it -> it.endpoint(machine.service().url())));
            HttpRequest.Builder builder = HttpRequest.newBuilder(
                            URI.create(machine.service().url() + line.target))
                    .method(line.method, BodyPublishers.noBody());
            line.headers.forEach(header -> builder.header(header.getFirst(), header.getSecond()));
            HttpResponse<String> sent = calls.send(builder.build(), BodyHandlers.ofString());
            HttpResponse<String> sentAsync =
                    calls.sendAsync(builder.build(), BodyHandlers.ofString()).get();
            assertThat(sent.statusCode()).as(sent.body()).isEqualTo(200);
            assertThat(sentAsync.statusCode()).as(sentAsync.body()).isEqualTo(200);
            assertThat(machine.metadata().tokenRequestCount()).isPositive();
        }
    }
}
