package dev.holdfast.core.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.internal.text.Origin;
import dev.holdfast.core.service.Service;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
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

    private static Addressing of(Service service) {
        return new Addressing(Access.of(Holdfast.of(service)));
    }

    private static boolean allows(Addressing addressing, String url) {
        URI uri = URI.create(url);
        return addressing.allows(uri.getScheme(), uri.getHost(), uri.getPort());
    }

    private static Addressing at(Service service, String endpoint, String... further) {
        return new Addressing(Access.of(Holdfast.builder(service)
                .endpoint(URI.create(endpoint), further)
                .build()));
    }

    private static String refusal(Addressing asked, String url, Addressing... others) {
        URI uri = URI.create(url);
        List<Addressing> all = new ArrayList<>(List.of(asked));
        all.addAll(List.of(others));
        return asked.refused(uri.getScheme(), uri.getHost(), uri.getPort(), all).getMessage();
    }

    @ParameterizedTest
    @CsvSource({
        "http://169.254.169.254/x, true",
        "http://169.254.169.254:80/x, true",
        "HTTP://METADATA.internal/x, true",
        "http://metadata.internal./x, true",
        "http://[fd00::1]/, true",
        "http://[fd00:0:0:0:0:0:0:1]:80/, true",
        "http://[FD00::0001]/, true",
        "http://[::ffff:169.254.169.254]/, true",
        "http://[::ffff:a9fe:a9fe]/, true",
        "http://2852039166/, true",
        "http://0xa9fea9fe/, true",
        "http://metadata.internal.:80/, true",
        "http://169.254.169.254:8080/, false",
        "http://[fd00::1]:8080/, false",
        "https://169.254.169.254/, false",
        "http://169.254.169.255/, false",
        "http://0251.0376.0251.0376/, false",
        "http://169.254.169.0254/, false",
        "http://169.254.169.254@evil.example/, false",
        "http://169.254.169.254.evil.example/, false",
        "http://[fd00::1%25eth0]/, false",
        "http://[fd00::2]/, false"
    })
    void aServicesOwnOriginsInAnySpelling(String url, boolean allowed) {
        assertThat(allows(of(LOCAL), url)).isEqualTo(allowed);
    }

    /** Spellings that java.net.URI takes for no host, and OkHttp for one. */
    @ParameterizedTest
    @CsvSource({
        "169.254.169.254., true", "169.254.43518, true", "169.16689662, true", "0xa9.0xfe.0xa9.0xfe, true",
        "0251.0376.0251.0376, false", "0251.254.169.254, false", "169.254.169.254.., false", "'', false"
    })
    void aServicesOwnAddressInAnySpelling(String host, boolean allowed) {
        assertThat(of(LOCAL).allows("http", host, -1)).isEqualTo(allowed);
        Origin other = of(LOCAL).replacement("http", host, -1);
        assertThat(other).isEqualTo(allowed ? new Origin("http", "169.254.169.254", 80) : null);
    }

    @Test
    void whatIsSpelledOtherwiseIsSentToTheOneSpelling() {
        Addressing own = of(LOCAL);
        for (String url :
                List.of("http://2852039166/a?b=c", "http://0xa9fea9fe:80/a?b=c", "http://[::ffff:a9fe:a9fe]/a?b=c")) {
            assertThat(own.target(URI.create(url))).isEqualTo(URI.create("http://169.254.169.254/a?b=c"));
        }
        assertThat(own.target(URI.create("http://metadata.internal./a"))).hasToString("http://metadata.internal/a");
        assertThat(own.target(URI.create("http://[fd00:0::1]/a"))).hasToString("http://[fd00::1]/a");
        assertThat(own.target(URI.create("http://other.example./a"))).hasToString("http://other.example./a");
    }

    @Test
    void anAddressOfIpv6WithoutItsBrackets() {
        assertThat(of(LOCAL).allows("http", "fd00::1", -1)).isTrue();
        assertThat(of(LOCAL).replacement("http", "fd00::1", 80)).isNull();
        Addressing moved = at(LOCAL, "http://[0:0:0:0:0:0:0:1]:8080");
        assertThat(moved.allows("http", "::1", 8080)).isTrue();
        assertThat(moved.allows("http", "[::1]", 8080)).isTrue();
        assertThat(moved.allows("http", "::1", 8081)).isFalse();
    }

    @Test
    void aServiceOverHttpsIsNotAskedOverHttp() {
        Addressing control = of(CONTROL);
        assertThat(allows(control, "https://us.example.com/x")).isTrue();
        assertThat(allows(control, "https://a.b.Example.com:443/x")).isTrue();
        assertThat(allows(control, "http://us.example.com/x")).isFalse();
        assertThat(allows(control, "http://us.example.com:443/x")).isFalse();
        assertThat(allows(control, "https://us.example.com:8443/x")).isFalse();
        assertThat(allows(control, "https://example.com.evil/")).isFalse();
        assertThat(allows(control, "https://example.com/")).isFalse();
        assertThat(allows(control, "https://evilexample.com/")).isFalse();
        // Cyrillic, which looks the same.
        assertThat(control.allows("https", "\u0435u.example.com", -1)).isTrue();
        assertThat(control.allows("https", "eu.\u0435xample.com", -1)).isFalse();
        assertThat(control.allows("https", "\uff45u.\uff45xample.com", -1)).isTrue();
    }

    @Test
    void anEndpointTakesTheServicesPlaceAndIsTheOnlyServer() {
        Addressing moved = at(LOCAL, "http://127.0.0.1:8080");
        assertThat(moved.target(URI.create("http://169.254.169.254/a%20b?c=d%26e#f")))
                .isEqualTo(URI.create("http://127.0.0.1:8080/a%20b?c=d%26e"));
        assertThat(moved.target(URI.create("http://2852039166/a"))).isEqualTo(URI.create("http://127.0.0.1:8080/a"));
        for (String elsewhere :
                List.of("http://other.example/a", "http://169.254.169.254:81/a", "https://169.254.169.254/a")) {
            assertThat(moved.target(URI.create(elsewhere))).hasToString(elsewhere);
            assertThat(allows(moved, elsewhere)).isFalse();
        }
        assertThat(allows(moved, "http://127.0.0.1:8080/x")).isTrue();
        assertThat(allows(moved, "http://2130706433:8080/x")).isTrue();
        assertThat(allows(moved, "http://127.0.0.1:8081/x")).isFalse();
        assertThat(allows(moved, "https://127.0.0.1:8080/x")).isFalse();
        assertThat(allows(moved, "http://169.254.169.254/x")).isFalse();
    }

    @Test
    void furtherOriginsAreAllowedAsTheyAreWritten() {
        Addressing moved = at(
                CONTROL, "https://management.example.us:444", "*.diag.example.us", "x.example.us", "https://[fd00::2]");
        assertThat(allows(moved, "https://a.diag.example.us:444/x")).isTrue();
        assertThat(allows(moved, "https://X.example.us.:444/x")).isTrue();
        assertThat(allows(moved, "https://[fd00:0::2]/x")).isTrue();
        assertThat(allows(moved, "https://a.diag.example.us/x")).isFalse();
        assertThat(allows(moved, "https://diag.example.us:444/x")).isFalse();
        assertThat(allows(moved, "http://x.example.us:444/x")).isFalse();
        URI location = URI.create("https://a.diag.example.us:444/operations/1?t=s");
        assertThat(moved.target(location)).isSameAs(location);
        assertThat(moved.target(URI.create("https://eu.example.com/run")))
                .hasToString("https://management.example.us:444/run");
    }

    @Test
    void aPortThatIsNotWrittenIsTheSchemesOwn() {
        Addressing moved = at(CONTROL, "https://localhost");
        assertThat(moved.allows("HTTPS", "LOCALHOST", 443)).isTrue();
        assertThat(moved.allows("https", "localhost", -1)).isTrue();
        assertThat(moved.replacement("https", "localhost", 443)).isNull();
        assertThat(moved.replacement("https", "eu.example.com", -1)).hasToString("https://localhost");
        assertThat(moved.target(URI.create("https://eu.example.com:443"))).isEqualTo(URI.create("https://localhost"));
    }

    @Test
    void withoutAnEndpointNothingMoves() {
        URI url = URI.create("http://169.254.169.254/x#y");
        assertThat(of(LOCAL).target(url)).isSameAs(url);
        URI nowhere = URI.create("http:///x");
        assertThat(of(LOCAL).target(nowhere)).isSameAs(nowhere);
        assertThat(of(LOCAL).allows("http", null, -1)).isFalse();
    }

    @Test
    void twoSpellingsShareALimiter() {
        for (String url : List.of("http://127.0.0.1", "http://2130706433:80/x", "http://[::ffff:127.0.0.1]/y")) {
            assertThat(Addressing.authority(URI.create(url))).isEqualTo("127.0.0.1:80");
        }
        assertThat(Addressing.authority(URI.create("https://EU.example.com./"))).isEqualTo("eu.example.com:443");
    }

    @Test
    void aRefusalNamesTheWrongPartAllOriginsAndTheWayOutThatIsLeft() {
        assertThat(refusal(of(LOCAL), "http://169.254.169.254:8080/secret?token=t", of(CONTROL)))
                .isEqualTo(
                        "The port 8080 of 169.254.169.254 is not one of test/local's own, and the request was not sent."
                                + " Allowed: test/local http://169.254.169.254, http://[fd00::1], http://metadata.internal;"
                                + " test/control https://eu.example.com, https://*.example.com."
                                + " Use endpoint(URI) to replace the address.");
        assertThat(refusal(of(CONTROL), "http://eu.example.com/"))
                .startsWith("The scheme \"http\" of eu.example.com is not one of test/control's own")
                .contains("Ask over https.");
        assertThat(refusal(of(CONTROL), "https://evil.example/"))
                .startsWith("The host \"evil.example\" is not one of test/control's own");
        Addressing local = of(LOCAL);
        assertThat(local.refused("http", "0251.0376.0251.0376", -1, List.of(local))
                        .getMessage())
                .startsWith("The host \"0251.0376.0251.0376\"")
                .endsWith("an IPv4 address in decimals without leading zeros, or an IPv6 address without a zone.");
        assertThat(refusal(at(CONTROL, "https://management.example.us"), "https://eu.diag.example.us/x"))
                .contains("Allowed: test/control https://management.example.us. ")
                .endsWith("name a further origin in endpoint(url, \"HOST\").");
        assertThat(refusal(at(LOCAL, "http://127.0.0.1:8080"), "http://127.0.0.1:8081/"))
                .startsWith("The port 8081 of 127.0.0.1 is not")
                .doesNotContain("Use endpoint(URI)");
    }

    @Test
    void itIsTheServicesOwnHostThatIsMeantWhateverThePort() {
        assertThat(of(LOCAL).isMeant("http", "169.254.169.254", 8080)).isTrue();
        assertThat(of(LOCAL).isMeant("http", "other.example", 80)).isFalse();
        assertThat(at(LOCAL, "http://127.0.0.1:8080").isMeant("http", "127.0.0.1", 8080))
                .isTrue();
        assertThat(at(LOCAL, "http://127.0.0.1:8080").isMeant("http", "127.0.0.1", 8081))
                .isFalse();
    }
}
