package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.azure.AzureVmInspector;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.outcome.HostRefusedException;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Adapter.Reply;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.net.URI;
import java.util.List;
import okhttp3.Call;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Law 11: an origin is scheme, host and port, whatever the spelling of the host. */
class Law11OriginsTest {
    @RegisterExtension
    final Bench bench = Bench.skipping();

    private static void assertRefused(Reply reply, String part) {
        assertThat(reply.thrown()).isInstanceOf(HostRefusedException.class).hasMessageStartingWith(part);
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.HOST_REFUSED);
        assertThat(reply.outcome().attempts()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anotherSpellingOfTheAddressIsTheSameServer(Adapter adapter) throws Exception {
        bench.script.always(Bench.ok());
        for (String host : List.of("127.0.0.1", "2130706433", "0x7f000001", "[::ffff:127.0.0.1]")) {
            String url = "http://" + host + ":" + bench.server.getPort() + Bench.INSTANCE;
            Reply reply = adapter.call(bench, bench.azure().build(), Ask.get(url));
            assertThat(reply.status()).as(host).isEqualTo(200);
            assertThat(bench.script.next().getHeaders().get("Host")).isEqualTo("127.0.0.1:" + bench.server.getPort());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theServicesOwnAddressInAnotherSpellingGoesToTheEndpoint(Adapter adapter) throws Exception {
        bench.script.always(Bench.ok());
        for (String url : List.of("http://2852039166", "http://169.254.169.254:80", "http://[::ffff:a9fe:a9fe]")) {
            assertThat(adapter.call(bench, bench.azure().build(), Ask.get(url + Bench.INSTANCE))
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherPortAndAnotherSchemeOfAnOwnHostAreRefused(Adapter adapter) throws Exception {
        Holdfast imds = Holdfast.of(AzureImds.SERVICE);
        String there = "127.0.0.1:" + bench.server.getPort();
        assertRefused(
                adapter.call(bench, imds, Ask.get("http://169.254.169.254:8080/metadata/instance")),
                "The port 8080 of 169.254.169.254 is not one of azure/imds's own");
        assertRefused(
                adapter.call(bench, imds, Ask.get("https://169.254.169.254/metadata/instance")),
                "The scheme \"https\" of 169.254.169.254");
        Holdfast arm = Holdfast.of(AzureVmInspector.SERVICE);
        assertRefused(
                adapter.call(bench, arm, Ask.get("https://management.azure.com:8443/subscriptions")),
                "The port 8443 of management.azure.com");
        assertRefused(
                adapter.call(bench, arm, Ask.get("http://management.azure.com/subscriptions")),
                "The scheme \"http\" of management.azure.com");
        Holdfast moved =
                bench.azure().endpoint(URI.create("http://127.0.0.1:1")).build();
        assertRefused(adapter.call(bench, moved, Ask.get("http://" + there + Bench.INSTANCE)), "The port ");
        assertThat(bench.requests()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aFurtherOriginIsAskedAsItIsWritten(Adapter adapter) throws Exception {
        bench.script.always(Bench.ok());
        Holdfast moved = bench.azure()
                .endpoint(URI.create("http://127.0.0.1:1"), bench.endpoint().toString())
                .build();
        assertThat(adapter.call(bench, moved, Ask.get(bench.url(Bench.INSTANCE)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aFactoryOfSeveralServicesNamesTheOriginsOfAll() {
        Call.Factory both = HoldfastOkHttp.wrap(
                bench.client, List.of(bench.azure().build(), Holdfast.of(AzureVmInspector.SERVICE)));
        Request elsewhere = new Request.Builder()
                .url("https://westus.diagnostic.compute.azure.us/x")
                .build();
        Reply reply = Adapter.reply(both.newCall(elsewhere), false);
        assertRefused(reply, "The host \"westus.diagnostic.compute.azure.us\" is not one of azure/imds's own");
        assertThat(reply.thrown())
                .hasMessageContaining("azure/imds " + bench.endpoint())
                .hasMessageContaining(
                        "azure/vm-inspector https://management.azure.com, https://*.diagnostic.compute.azure.com");
        assertThat(Outcome.of(reply.thrown()).service()).isEqualTo("azure/imds");
    }
}
