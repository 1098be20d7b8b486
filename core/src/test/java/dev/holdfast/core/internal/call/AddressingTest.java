package dev.holdfast.core.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.service.Service;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressingTest {
    private static final Service LOCAL = Service.builder("test/local")
            .baseUrl("http://169.254.169.254")
            .hosts("[fd00::1]", "metadata.internal")
            .linkLocal()
            .build();
    private static final Service CONTROL = Service.builder("test/control")
            .baseUrl("https://eu.example.com")
            .hosts("*.example.com")
            .build();

    private static boolean allows(Addressing addressing, String url) {
        URI uri = URI.create(url);
        return addressing.allows(uri.getScheme(), uri.getHost(), uri.getPort());
    }

    private static Addressing at(Service service, String endpoint) {
        return new Addressing(Access.of(
                Holdfast.builder(service).endpoint(URI.create(endpoint)).build()));
    }

    @ParameterizedTest
    @CsvSource({
        "http://169.254.169.254/x, true", "http://METADATA.internal/x, true", "http://169.254.169.254:8080/, true",
        "https://169.254.169.254/, true", "http://[fd00::1]/, true", "http://169.254.169.255/, false",
        "http://169.254.169.254@evil.example/, false", "http://169.254.169.254.evil.example/, false"
    })
    void aServicesOwnHosts(String url, boolean allowed) {
        assertThat(allows(new Addressing(Access.of(Holdfast.of(LOCAL))), url)).isEqualTo(allowed);
    }

    @Test
    void anAddressOfIpv6WithoutItsBrackets() {
        assertThat(new Addressing(Access.of(Holdfast.of(LOCAL))).allows("http", "fd00::1", -1))
                .isTrue();
        Addressing moved = at(LOCAL, "http://[::1]:8080");
        assertThat(moved.allows("http", "::1", 8080)).isTrue();
        assertThat(moved.allows("http", "[::1]", 8080)).isTrue();
    }

    @Test
    void aServiceOverHttpsIsNotAskedOverHttp() {
        Addressing control = new Addressing(Access.of(Holdfast.of(CONTROL)));
        assertThat(allows(control, "https://us.example.com/x")).isTrue();
        assertThat(allows(control, "http://us.example.com/x")).isFalse();
        assertThat(allows(control, "https://example.com.evil/")).isFalse();
    }

    @Test
    void anEndpointTakesTheServicesPlaceAndIsTheOnlyServer() {
        Addressing moved = at(LOCAL, "http://127.0.0.1:8080");
        assertThat(moved.target(URI.create("http://169.254.169.254/a%20b?c=d%26e#f")))
                .isEqualTo(URI.create("http://127.0.0.1:8080/a%20b?c=d%26e"));
        assertThat(moved.target(URI.create("http://other.example/a"))).isEqualTo(URI.create("http://other.example/a"));
        assertThat(allows(moved, "http://127.0.0.1:8080/x")).isTrue();
        assertThat(allows(moved, "http://127.0.0.1:8081/x")).isFalse();
        assertThat(allows(moved, "https://127.0.0.1:8080/x")).isFalse();
        assertThat(allows(moved, "http://169.254.169.254/x")).isFalse();
        assertThat(moved.refused("other.example")).hasMessageContaining("127.0.0.1:8080");
    }

    @Test
    void aPortThatIsNotWrittenIsTheSchemesOwn() {
        Addressing moved = at(CONTROL, "https://localhost");
        assertThat(moved.allows("HTTPS", "LOCALHOST", 443)).isTrue();
        assertThat(moved.allows("https", "localhost", -1)).isTrue();
        assertThat(moved.isReplaced("https", "localhost", 443)).isFalse();
        assertThat(moved.isReplaced("https", "eu.example.com", -1)).isTrue();
        assertThat(moved.target(URI.create("https://eu.example.com"))).isEqualTo(URI.create("https://localhost"));
    }

    @Test
    void withoutAnEndpointNothingMoves() {
        Addressing own = new Addressing(Access.of(Holdfast.of(LOCAL)));
        URI url = URI.create("http://169.254.169.254/x#y");
        assertThat(own.target(url)).isSameAs(url);
        assertThat(own.endpoint()).isNull();
        assertThat(own.refused("other.example")).hasMessageContaining("metadata.internal");
    }
}
