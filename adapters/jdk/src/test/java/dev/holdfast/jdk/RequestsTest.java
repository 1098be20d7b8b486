package dev.holdfast.jdk;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.outcome.HostRefusedException;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What goes on the wire, and what does not. */
class RequestsTest {
    private final FakeTime time = FakeTime.flying();

    private static HttpRequest.Builder to(String url) {
        return HttpRequest.newBuilder(URI.create(url));
    }

    @Test
    void theServicesHeadersAreAddedAndForbiddenOnesAreNot() throws Exception {
        try (RawServer server = RawServer.failing(1, "busy")) {
            HttpRequest request = to("http://169.254.169.254/metadata/instance?api-version=1%202")
                    .header("x-forwarded-for", "10.0.0.1")
                    .header("Mine", "kept")
                    .build();
            HttpResponse<String> response = Clients.client(server, time).send(request, ofString());
            assertThat(server.requests())
                    .hasSize(2)
                    .allSatisfy(text -> assertThat(text)
                            .startsWith("GET /metadata/instance?api-version=1%202 HTTP/1.1\r\n")
                            .contains("Metadata: true", "Mine: kept", "Host: 127.0.0.1:" + server.port())
                            .doesNotContainIgnoringCase("forwarded")
                            .doesNotContainIgnoringCase("upgrade"));
            assertThat(response.request().headers().firstValue("Metadata")).contains("true");
            assertThat(response.request().uri()).isEqualTo(response.uri());
            assertThat(response.uri().getPort()).isEqualTo(server.port());
            assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
            assertThat(response.previousResponse()).isEmpty();
            assertThat(response.sslSession()).isEmpty();
            assertThat(response.headers().firstValue("content-length")).contains("2");
            assertThat(response.toString()).isEqualTo("HoldfastResponse[GET /metadata/instance 200]");
        }
    }

    @Test
    void theCallersOwnHeaderIsKept() throws Exception {
        try (RawServer server = RawServer.failing(0, "")) {
            Clients.client(server, time)
                    .send(
                            to("http://169.254.169.254/")
                                    .header("metadata", "True")
                                    .build(),
                            ofString());
            assertThat(server.requests().get(0)).contains("metadata: True").doesNotContain("Metadata: true");
        }
    }

    @Test
    void aRequestToAnotherHostIsNotSent() throws Exception {
        try (RawServer server = RawServer.failing(0, "");
                RawServer other = RawServer.failing(0, "")) {
            HoldfastHttpClient client = Clients.client(server, time);
            HttpRequest request = HttpRequest.newBuilder(other.uri("/x")).build();
            assertThatThrownBy(() -> client.send(request, ofString()))
                    .isInstanceOf(HostRefusedException.class)
                    .satisfies(thrown -> assertThat(Outcome.of(thrown).reason()).isEqualTo(StopReason.HOST_REFUSED));
            assertThatThrownBy(() -> client.sendAsync(request, ofString()).join())
                    .hasCauseInstanceOf(HostRefusedException.class);
            assertThat(other.connections() + server.connections()).isZero();
        }
    }

    @Test
    void aRedirectIsHandedOutAndNotFollowed() throws Exception {
        try (RawServer other = RawServer.failing(0, "");
                RawServer server =
                        new RawServer(exchange -> exchange.answer(302, "", "Location: " + other.uri("/elsewhere")))) {
            HttpResponse<String> response = Clients.client(server, time)
                    .send(to("http://169.254.169.254/x").build(), ofString());
            assertThat(response.statusCode()).isEqualTo(302);
            assertThat(other.connections()).isZero();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aProxyThatTurnsUpLaterIsRefusedToo() throws Exception {
        try (RawServer proxy = RawServer.failing(0, "");
                RawServer server = RawServer.failing(0, "")) {
            boolean[] late = {false};
            ProxySelector changing = new ProxySelector() {
                @Override
                public List<Proxy> select(URI uri) {
                    return List.of(
                            late[0]
                                    ? new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", proxy.port()))
                                    : Proxy.NO_PROXY);
                }

                @Override
                public void connectFailed(URI uri, SocketAddress address, IOException e) {}
            };
            Holdfast holdfast = Clients.policy(server, time).build();
            HoldfastHttpClient client = HoldfastHttpClient.wrap(
                    HttpClient.newBuilder().proxy(changing).build(), holdfast);
            HttpRequest request = to("http://169.254.169.254/x").build();
            assertThat(client.send(request, ofString()).statusCode()).isEqualTo(200);
            late[0] = true;
            assertThatThrownBy(() -> client.send(request, ofString())).hasMessageContaining("NO_PROXY");
            assertThat(proxy.connections()).isZero();
        }
    }
}
