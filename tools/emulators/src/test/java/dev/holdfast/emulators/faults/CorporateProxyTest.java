package dev.holdfast.emulators.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.azure.AzureVmInspector;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.outcome.Attempt;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.time.VirtualTime;
import dev.holdfast.jdk.HoldfastHttpClient;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A control service behind a proxy that is asked to CONNECT, over real sockets: the proxy speaks first, the service through the tunnel. */
class CorporateProxyTest {
    private static final String URL = "https://management.azure.com/subscriptions/s/providers/Microsoft.Compute"
            + "/locations/l/diagnostics?api-version=2021-06-01-preview";

    private final MockWebServer proxy = new MockWebServer();
    private final VirtualTime time = VirtualTime.skipping();
    private final Properties properties = new Properties();
    private OkHttpClient okhttp;
    private SSLContext trusting;

    private enum Client {
        OKHTTP,
        JDK
    }

    /** What a call came to. */
    private record End(int status, Outcome outcome) {}

    @BeforeEach
    void start() throws Exception {
        properties.putAll(System.getProperties());
        proxy.useHttps(Certificate.context().getSocketFactory());
        proxy.setProtocols(List.of(Protocol.HTTP_1_1));
        proxy.start();
        TrustAll all = new TrustAll();
        trusting = SSLContext.getInstance("TLS");
        trusting.init(null, new TrustManager[] {all}, null);
        okhttp = new OkHttpClient.Builder()
                .sslSocketFactory(trusting.getSocketFactory(), all)
                .hostnameVerifier((host, session) -> true)
                .proxy(new java.net.Proxy(java.net.Proxy.Type.HTTP, address()))
                .build();
    }

    @AfterEach
    void stop() {
        System.setProperties(properties);
        proxy.close();
        okhttp.dispatcher().executorService().shutdown();
        okhttp.connectionPool().evictAll();
        time.shutDown();
    }

    private InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", proxy.getPort());
    }

    private Holdfast.Builder inspector() {
        return Holdfast.builder(AzureVmInspector.SERVICE).timeSource(time);
    }

    private End call(Client client, Holdfast holdfast, String url) throws Exception {
        HttpClient jdk = HttpClient.newBuilder()
                .sslContext(trusting)
                .proxy(ProxySelector.of(address()))
                .build();
        return client == Client.OKHTTP ? okhttp(okhttp, holdfast, url) : jdk(jdk, holdfast, url);
    }

    private static End okhttp(OkHttpClient client, Holdfast holdfast, String url) {
        Request request = new Request.Builder()
                .url(url)
                .header("Authorization", "Bearer the-token")
                .build();
        try (Response response =
                HoldfastOkHttp.wrap(client, holdfast).newCall(request).execute()) {
            return new End(response.code(), HoldfastOkHttp.outcomeOf(response));
        } catch (IOException e) {
            return new End(0, Outcome.of(e));
        }
    }

    private static End jdk(HttpClient client, Holdfast holdfast, String url) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer the-token")
                .build();
        try {
            HttpResponse<String> response =
                    HoldfastHttpClient.wrap(client, holdfast).send(request, HttpResponse.BodyHandlers.ofString());
            return new End(response.statusCode(), HoldfastHttpClient.outcomeOf(response));
        } catch (IOException e) {
            return new End(0, Outcome.of(e));
        }
    }

    private End call(Client client) throws Exception {
        return call(client, inspector().build(), URL);
    }

    private void tunnel(int status) {
        MockResponse.Builder answer = new MockResponse.Builder().code(status).inTunnel();
        if (status == 407) {
            answer.addHeader("Proxy-Authenticate", "Basic realm=\"corp\"");
        }
        proxy.enqueue(answer.build());
    }

    private void answers() {
        proxy.enqueue(new MockResponse.Builder().body("[]").build());
    }

    @ParameterizedTest
    @EnumSource
    void theServiceIsReachedThroughTheTunnelAndTheProxySeesNoCredential(Client client) throws Exception {
        tunnel(200);
        answers();
        End end = call(client);
        assertThat(end.status()).isEqualTo(200);
        assertThat(end.outcome().attempts()).hasSize(1);
        RecordedRequest connect = proxy.takeRequest();
        assertThat(connect.getRequestLine()).startsWith("CONNECT management.azure.com:443 ");
        assertThat(connect.getHeaders().names()).doesNotContain("Authorization");
        assertThat(proxy.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer the-token");
    }

    /** OkHttp throws; the JDK's client hands the proxy's answer out. */
    @ParameterizedTest
    @EnumSource
    void aProxyThatWantsALoginEndsTheCallAtOnce(Client client) throws Exception {
        tunnel(407);
        End end = call(client);
        assertThat(end.outcome().reason()).isEqualTo(StopReason.FAILED);
        assertThat(end.outcome().attempts()).hasSize(1);
        assertThat(end.outcome().decision().kind()).isEqualTo(ErrorKind.INTERMEDIARY);
        assertThat(end.status()).isEqualTo(client == Client.OKHTTP ? 0 : 407);
        assertThat(proxy.getRequestCount()).isOne();
    }

    @Test
    void itsReasonAtOkHttpSaysWhatToDo() throws Exception {
        tunnel(407);
        Outcome outcome = call(Client.OKHTTP).outcome();
        assertThat(outcome.decision().rule()).isEqualTo("fault/proxy-authentication");
        assertThat(outcome.decision().processed()).isEqualTo(Processed.NO);
        assertThat(outcome.decision().advice()).contains("proxyAuthenticator", "http.nonProxyHosts");
    }

    /** The policy's own attempt is one; the client answers the proxy within it. The authenticator of the service is not asked. */
    @Test
    void aProxyAuthenticatorOfTheCallersAnswersIt() throws Exception {
        okhttp = okhttp.newBuilder()
                .authenticator((route, response) -> {
                    throw new IOException("the service has asked for nothing");
                })
                .proxyAuthenticator((route, response) -> response.request()
                        .newBuilder()
                        .header("Proxy-Authorization", "Basic cHJveHk6cHc=")
                        .build())
                .build();
        tunnel(407);
        tunnel(200);
        answers();
        End end = call(Client.OKHTTP);
        assertThat(end.status()).isEqualTo(200);
        assertThat(end.outcome().attempts()).hasSize(1);
        proxy.takeRequest();
        assertThat(proxy.takeRequest().getHeaders().get("Proxy-Authorization")).isEqualTo("Basic cHJveHk6cHc=");
        assertThat(proxy.takeRequest().getHeaders().names()).doesNotContain("Proxy-Authorization");
    }

    @ParameterizedTest
    @EnumSource
    void aProxyThatCannotConnectNowIsAskedAgain(Client client) throws Exception {
        tunnel(503);
        tunnel(200);
        answers();
        End end = call(client);
        assertThat(end.status()).isEqualTo(200);
        List<Attempt> attempts = end.outcome().attempts();
        assertThat(attempts).hasSize(2);
        assertThat(attempts.get(0).decision().rule()).isEqualTo("fault/proxy-unavailable");
        assertThat(attempts.get(0).decision().processed()).isEqualTo(Processed.NO);
    }

    @ParameterizedTest
    @EnumSource
    void aProxyThatForbidsTheHostEndsTheCallAtOnce(Client client) throws Exception {
        tunnel(403);
        End end = call(client);
        assertThat(end.outcome().reason()).isEqualTo(StopReason.FAILED);
        assertThat(end.outcome().decision().rule()).isEqualTo("fault/proxy-refused");
        assertThat(end.outcome().decision().advice()).contains("answered 403");
        assertThat(proxy.getRequestCount()).isOne();
    }

    /** What a JVM has for no_proxy: https takes the list of http. */
    @ParameterizedTest
    @EnumSource
    void aHostThatIsNamedInNonProxyHostsIsReachedDirectly(Client client) throws Exception {
        try (MockWebServer service = new MockWebServer()) {
            service.useHttps(Certificate.context().getSocketFactory());
            service.setProtocols(List.of(Protocol.HTTP_1_1));
            service.start();
            service.enqueue(new MockResponse.Builder().body("[]").build());
            System.setProperty("https.proxyHost", "127.0.0.1");
            System.setProperty("https.proxyPort", String.valueOf(proxy.getPort()));
            String url = "https://127.0.0.1:" + service.getPort() + "/subscriptions";
            Holdfast holdfast = inspector()
                    .endpoint(URI.create("https://127.0.0.1:" + service.getPort()))
                    .build();

            // An empty list takes the proxy for loopback addresses too.
            System.setProperty("http.nonProxyHosts", "");
            tunnel(403);
            assertThat(byTheJvmsProxies(client, holdfast, url)
                            .outcome()
                            .decision()
                            .rule())
                    .isEqualTo("fault/proxy-refused");
            assertThat(service.getRequestCount()).isZero();

            System.setProperty("http.nonProxyHosts", "127.0.0.*|*.corp.example");
            assertThat(byTheJvmsProxies(client, holdfast, url).status()).isEqualTo(200);
            assertThat(service.getRequestCount()).isOne();
            assertThat(proxy.getRequestCount()).isOne();
        }
    }

    private End byTheJvmsProxies(Client client, Holdfast holdfast, String url) throws Exception {
        return client == Client.OKHTTP
                ? okhttp(
                        okhttp.newBuilder()
                                .proxy(null)
                                .proxySelector(ProxySelector.getDefault())
                                .build(),
                        holdfast,
                        url)
                : jdk(HttpClient.newBuilder().sslContext(trusting).build(), holdfast, url);
    }

    /** The names in the certificate do not matter here. */
    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
