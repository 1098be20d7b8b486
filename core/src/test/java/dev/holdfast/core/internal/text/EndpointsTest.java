package dev.holdfast.core.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.service.Service;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Law 17 for addresses: what no client can use, or what would carry more than an origin, is refused when it is set. */
class EndpointsTest {
    private static final Service LOCAL = Service.builder("test/local")
            .baseUrl("http://169.254.169.254")
            .linkLocal()
            .build();
    private static final Service CONTROL =
            Service.builder("test/control").baseUrl("https://eu.example.com").build();

    private static Holdfast at(Service service, String url, String... further) {
        return Holdfast.builder(service).endpoint(URI.create(url), further).build();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ftp://h | endpoint must start with http:// or https://, but its scheme is \"ftp\"",
                "//h | endpoint must start with http:// or https://, but its scheme is \"null\"",
                "h:80 | endpoint must start with http:// or https://, but its scheme is \"h\"",
                "http:/x | endpoint must name a host, but is \"http:…\"",
                "http://u:secret@h | endpoint must not hold a user or password, but does; its host is \"h\"",
                "http://u:secret@a_b_ | endpoint must not hold a user or password, but does; its host is \"null\"",
                "http://127.0.0.1:99999 | endpoint must have a port of 1 to 65535 or none, but is at \"127.0.0.1:99999\"",
                "http://127.0.0.1:0 | endpoint must have a port of 1 to 65535 or none, but is at \"127.0.0.1:0\"",
                "http://127.0.0.1: | endpoint must have a port of 1 to 65535 or none, but is at \"127.0.0.1:\"",
                "http://[fe80::1%25eth0] | an IPv6 address without a zone, but names \"[fe80::1%25eth0]\"",
                "http://0251.0376.0251.0376 | without leading zeros",
                "http://h/x | endpoint must be scheme, host and port only, but h is followed by the path \"/x\"",
                "http://h?q=secret | endpoint must be scheme, host and port only, but h is followed by a query",
                "http://h#secret | endpoint must be scheme, host and port only, but h is followed by a fragment",
                "http://h/x?q#f | is followed by the path \"/x\" and a query and a fragment"
            })
    void whatCannotBeUsedIsRefused(String url, String sentence) {
        assertThatThrownBy(() -> at(LOCAL, url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence)
                .message()
                .doesNotContain("secret");
    }

    @Test
    void aNameOutsideAsciiIsRefusedWithItsRemedy() {
        assertThatThrownBy(() -> at(LOCAL, "http://b\u00fccher.example"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("endpoint must name a host by a name in ASCII (xn--… for others)")
                .hasMessageContaining("\"b\u00fccher.example\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8080",
                "HTTPS://Example.com/",
                "http://[::1]:65535",
                "http://metadata:1",
                "http://2130706433"
            })
    void whatCanBeUsedIsTaken(String url) {
        assertThat(at(LOCAL, url).endpoint()).isEqualTo(URI.create(url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://eu.example.com", "http://128.0.0.1", "http://[::2]", "http://localhost.example"})
    void aControlServiceIsNotMovedToPlainHttp(String url) {
        assertThatThrownBy(() -> at(CONTROL, url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("endpoint of test/control must be https, because credentials go there, but is \"" + url
                        + "\"; plain http is for localhost, 127.0.0.0/8 and [::1] only");
        assertThatThrownBy(() -> at(CONTROL, "https://other.example", url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("furtherOrigins of test/control must be https");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080", "http://127.0.0.1", "http://127.9.9.9:1", "http://[0:0::1]:8080"})
    void butToThisMachineItIs(String url) {
        assertThatCode(() -> at(CONTROL, url, "http://localhost:2")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | furtherOrigins must be a host name, an address, *.NAME",
                "* | furtherOrigins must be a host name",
                "*.com | furtherOrigins must name a domain of two labels or more after *.",
                "*.0.0.1 | furtherOrigins must name a domain of two labels or more after *.",
                "h:80 | furtherOrigins must be a host name",
                "u@h | furtherOrigins must be a host name",
                "a/b | furtherOrigins must be a host name",
                "https://u:secret@h | furtherOrigins must not hold a user or password",
                "https://h/x | furtherOrigins must be scheme, host and port only",
                "https://*.com | furtherOrigins must name a domain of two labels or more after *.",
                "https://*.example.com/x | furtherOrigins must be scheme, host and port only",
                "https://a b | furtherOrigins must be an address such as https://eu.example.com, but is none"
            })
    void aFurtherOriginThatIsNoneIsRefused(String text, String sentence) {
        assertThatThrownBy(() -> at(CONTROL, "https://other.example", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence)
                .message()
                .doesNotContain("secret");
    }

    @Test
    void aServicesHostsFollowTheSameRule() {
        assertThatThrownBy(() -> Service.builder("a/b").hosts("h:80"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hosts must be a host name")
                .hasMessageContaining("\"h:80\"");
        Service service = Service.builder("a/b")
                .hosts("*.Example.NET", "[fd00:0::1]", "https://x.example:444", "https://*.y.example")
                .baseUrl("http://a.example:8080")
                .build();
        assertThat(service.origins())
                .containsExactly(
                        "http://a.example:8080",
                        "http://*.example.net:8080",
                        "http://[fd00::1]:8080",
                        "https://x.example:444",
                        "https://*.y.example");
    }

    @Test
    void theLastEndpointCounts() {
        Holdfast moved = Holdfast.builder(CONTROL)
                .endpoint(URI.create("https://one.example"), "further.example")
                .endpoint(URI.create("https://two.example"))
                .build();
        assertThat(moved.endpoint()).hasToString("https://two.example");
        assertThat(moved.toBuilder().build().endpoint()).hasToString("https://two.example");
    }
}
