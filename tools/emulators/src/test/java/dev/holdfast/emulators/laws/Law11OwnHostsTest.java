package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.internal.call.Access;
import dev.holdfast.core.outcome.HostRefusedException;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Adapter.Reply;
import dev.holdfast.jdk.HoldfastHttpClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Properties;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Law 11: whoever else would like to have the request gets nothing: no proxy, no redirect's target, no other host. */
class Law11OwnHostsTest {
    // Guards HostGuard.intercept: if (!factory.allows(url)); LinkLocalClient: proxy(NO_PROXY), DirectSockets;
    // HoldfastCallFactory: followRedirects(false)
    @RegisterExtension
    final Bench bench = Bench.skipping();

    private final MockWebServer other = new MockWebServer();
    private final Properties properties = new Properties();
    private final ProxySelector selector = ProxySelector.getDefault();

    @BeforeEach
    void start() throws IOException {
        properties.putAll(System.getProperties());
        other.start();
        for (int i = 0; i < 10; i++) {
            other.enqueue(new MockResponse.Builder().body("stolen").build());
        }
    }

    @AfterEach
    void stop() {
        System.setProperties(properties);
        ProxySelector.setDefault(selector);
        other.close();
    }

    private void assertOnlyTheServiceWasAsked(Adapter adapter) throws Exception {
        bench.script.always(Bench.ok());
        Reply reply = adapter.call(bench, bench.azure().build(), Ask.get(Bench.INSTANCE));
        assertThat(reply.body()).isEqualTo("{\"fine\":true}");
        assertThat(bench.requests()).isOne();
        assertThat(other.getRequestCount()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aProxyInTheSystemPropertiesGetsNothing(Adapter adapter) throws Exception {
        System.setProperty("http.proxyHost", "127.0.0.1");
        System.setProperty("http.proxyPort", String.valueOf(other.getPort()));
        System.setProperty("http.nonProxyHosts", "");
        assertOnlyTheServiceWasAsked(adapter);
    }

    /**
     * A plain socket asks for it when it connects, whatever its client has chosen; loopback addresses are exempt unless that is said otherwise.
     * java.net.http connects by channels, which ask for none, so its client is not refused, with the default selector neither.
     */
    @ParameterizedTest
    @EnumSource
    void aSocksProxyInTheSystemPropertiesGetsNothing(Adapter adapter) throws Exception {
        try (ServerSocket socks = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            System.setProperty("socksProxyHost", "127.0.0.1");
            System.setProperty("socksProxyPort", String.valueOf(socks.getLocalPort()));
            System.setProperty("socksNonProxyHosts", "");
            assertOnlyTheServiceWasAsked(adapter);
            if (!adapter.isOkHttp()) {
                HttpClient selecting = HoldfastHttpClient.wrap(
                        HttpClient.newHttpClient(), bench.azure().build());
                assertThat(selecting
                                .send(
                                        HttpRequest.newBuilder(URI.create(bench.url(Bench.INSTANCE)))
                                                .build(),
                                        HttpResponse.BodyHandlers.ofString())
                                .body())
                        .isEqualTo("{\"fine\":true}");
            }
            socks.setSoTimeout(1);
            assertThatThrownBy(socks::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    private final class EverythingThere extends ProxySelector {
        @Override
        public List<Proxy> select(URI uri) {
            return List.of(other.getProxyAddress());
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException e) {}
    }

    @ParameterizedTest
    @EnumSource
    void aProxySelectorOfTheProcessGetsNothing(Adapter adapter) throws Exception {
        ProxySelector.setDefault(new EverythingThere());
        assertOnlyTheServiceWasAsked(adapter);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aProxyOfTheCallersClientGetsNothing(boolean selected) throws Exception {
        bench.client = bench.client(builder ->
                selected ? builder.proxySelector(new EverythingThere()) : builder.proxy(other.getProxyAddress()));
        assertOnlyTheServiceWasAsked(Adapter.OKHTTP_EXECUTE);
    }

    @ParameterizedTest
    @EnumSource
    void aRedirectsTargetGetsNothing(Adapter adapter) throws Exception {
        for (int status : new int[] {301, 302, 303, 307, 308}) {
            bench.answers(Bench.answer(status, "moved")
                    .addHeader("Location", other.url("/").toString())
                    .build());
            Reply reply = adapter.call(bench, bench.azure().build(), Ask.get(Bench.INSTANCE));
            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.outcome().reason()).isEqualTo(StopReason.FAILED);
        }
        assertThat(other.getRequestCount()).isZero();
    }

    private void assertRefused(Reply reply) {
        assertThat(reply.thrown()).isInstanceOf(HostRefusedException.class).hasMessageContaining("azure/imds");
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.HOST_REFUSED);
        assertThat(reply.outcome().attempts()).isEmpty();
        assertThat(other.getRequestCount()).isZero();
        assertThat(bench.requests()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aRequestToAnotherHostIsNotSent(Adapter adapter) throws Exception {
        Ask elsewhere = Ask.get(other.url("/metadata/instance").toString());
        assertRefused(adapter.call(bench, bench.azure().build(), elsewhere));
        assertRefused(adapter.call(bench, Holdfast.of(AzureImds.SERVICE), elsewhere));
    }

    /** Law 15: a limiter for each refused host would fill the memory of an agent whose addresses come from elsewhere. */
    @ParameterizedTest
    @EnumSource
    void aRefusedCallLeavesNothing(Adapter adapter) throws Exception {
        Holdfast holdfast = bench.azure().build();
        assertRefused(adapter.call(
                bench, holdfast, Ask.get(other.url("/metadata/instance").toString())));
        assertThat(Access.of(holdfast).settings().limiters().size()).isZero();
        bench.script.always(Bench.ok());
        adapter.call(bench, holdfast, Ask.get(Bench.INSTANCE)).body();
        assertThat(Access.of(holdfast).settings().limiters().size()).isOne();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void norWhenAnInterceptorSendsItThere(boolean async) {
        HttpUrl elsewhere = other.url("/metadata/instance");
        bench.client = bench.client(builder -> builder.addInterceptor(chain ->
                chain.proceed(chain.request().newBuilder().url(elsewhere).build())));
        assertRefused(Adapter.reply(bench.call(bench.azure()), async));
    }

    @Test
    void theServicesOwnAddressGoesToTheEndpointThatReplacesIt() throws Exception {
        bench.script.always(Bench.ok());
        Request original = new Request.Builder()
                .url("http://169.254.169.254" + Bench.TOKEN)
                .build();
        try (Response response = bench.call(bench.azure(), original).execute()) {
            assertThat(response.code()).isEqualTo(200);
        }
        assertThat(bench.script.next().getTarget()).isEqualTo(Bench.TOKEN);
    }
}
