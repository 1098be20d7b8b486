package dev.holdfast.jdk;

import static java.net.http.HttpResponse.BodyHandlers.discarding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.service.Service;
import java.net.Authenticator;
import java.net.CookieManager;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** The sentences with which a client is refused. */
class WrapTest {
    private static final ProxySelector PROXY = ProxySelector.of(new InetSocketAddress("127.0.0.1", 3128));
    private static final Service CONTROL = Service.builder("test/control")
            .baseUrl("https://control.example.com")
            .build();

    private final Holdfast holdfast = Holdfast.of(Clients.SERVICE);

    private static HttpClient.Builder direct() {
        return HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY);
    }

    private void refuses(HttpClient client, String... words) {
        assertThatThrownBy(() -> HoldfastHttpClient.wrap(client, holdfast))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(words);
    }

    @Test
    void clientsThatActBehindThePolicy() {
        refuses(direct().followRedirects(HttpClient.Redirect.NORMAL).build(), "redirects", "NORMAL", "Redirect.NEVER");
        refuses(direct().cookieHandler(new CookieManager()).build(), "cookieHandler");
        refuses(direct().authenticator(new Authenticator() {}).build(), "authenticator", "401");
        refuses(HoldfastHttpClient.wrap(direct().build(), holdfast), "wrapped already");
    }

    @Test
    void aProxyForALinkLocalService() {
        refuses(HttpClient.newBuilder().proxy(PROXY).build(), "proxy", "169.254.169.254", "NO_PROXY");
        Holdfast moved = holdfast.toBuilder()
                .endpoint(URI.create("http://127.0.0.1:8080"))
                .build();
        assertThatThrownBy(() -> HoldfastHttpClient.wrap(
                        HttpClient.newBuilder().proxy(PROXY).build(), moved))
                .hasMessageContaining("http://127.0.0.1:8080");
    }

    @Test
    void theProxyOfTheMachineCountsToo() {
        ProxySelector before = ProxySelector.getDefault();
        try {
            ProxySelector.setDefault(PROXY);
            refuses(HttpClient.newHttpClient(), "proxy", "127.0.0.1", "3128");
            ProxySelector.setDefault(null);
            assertThat(HoldfastHttpClient.wrap(HttpClient.newHttpClient(), holdfast))
                    .isNotNull();
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    @Test
    void aControlServiceMayHaveAProxy() {
        HttpClient client = HttpClient.newBuilder().proxy(PROXY).build();
        assertThat(HoldfastHttpClient.wrap(client, Holdfast.of(CONTROL)).proxy())
                .contains(PROXY);
    }

    @Test
    void theWrapperShowsTheSettingsOfItsClient() {
        HttpClient client = direct().connectTimeout(Duration.ofSeconds(3))
                .executor(Runnable::run)
                .build();
        HoldfastHttpClient wrapped = HoldfastHttpClient.wrap(client, holdfast);
        assertThat(wrapped.connectTimeout()).contains(Duration.ofSeconds(3));
        assertThat(wrapped.executor()).isEqualTo(client.executor());
        assertThat(wrapped.sslContext()).isSameAs(client.sslContext());
        assertThat(wrapped.sslParameters().getProtocols())
                .isEqualTo(client.sslParameters().getProtocols());
        assertThat(wrapped.version()).isEqualTo(client.version());
        assertThat(wrapped.followRedirects()).isEqualTo(HttpClient.Redirect.NEVER);
        assertThat(wrapped.cookieHandler()).isEmpty();
        assertThat(wrapped.authenticator()).isEmpty();
        assertThat(wrapped).hasToString("HoldfastHttpClient[test/metadata]");
    }

    /** From JDK 21 on a client can be closed; the wrapped one is the caller's. */
    @Test
    void closingTheWrapperDoesNothing() throws Exception {
        try (RawServer server = RawServer.failing(0, "")) {
            HttpClient client = Clients.plain();
            Holdfast moved = holdfast.toBuilder().endpoint(server.uri("")).build();
            Object wrapped = HoldfastHttpClient.wrap(client, moved);
            if (wrapped instanceof AutoCloseable closeable) {
                closeable.close();
            }
            HttpRequest request = HttpRequest.newBuilder(server.uri("/")).build();
            assertThat(client.send(request, discarding()).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void pushPromisesAreNoAnswers() {
        HoldfastHttpClient wrapped = HoldfastHttpClient.wrap(direct().build(), holdfast);
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://169.254.169.254/")).build();
        PushPromiseHandler<Void> pushes = PushPromiseHandler.of(pushed -> discarding(), new ConcurrentHashMap<>());
        assertThatThrownBy(() -> wrapped.sendAsync(request, discarding(), pushes))
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
