package dev.holdfast.core.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestViewTest {

    @ParameterizedTest
    @CsvSource({
        "a=1&b=2, a, 1",
        "a=1&b=2, b, 2",
        "a=1&a=2, a, 1",
        "a=1&b=2, A, ",
        "a=1&b=2, c, ",
        "ab=1&b=2, b, 2",
        "a=b=c, a, b=c",
        "a=%20&b, a, %20",
        "a&b=2, a, ''",
        "b=2&a, a, ''",
        "a=, a, ''",
        "&&a=1&, a, 1",
        "&&, a, ",
        "'', a, ",
        "=x, '', x"
    })
    void findsParameters(String query, String name, String value) {
        assertThat(RequestView.of("GET", "/p?" + query).parameter(name)).isEqualTo(value);
    }

    @Test
    void comesFromAPathOrAnAddress() {
        assertThat(RequestView.of("get", "/a/b?c=d?e")).isEqualTo(new RequestView("GET", "/a/b", "c=d?e"));
        assertThat(RequestView.of("GET", "")).isEqualTo(new RequestView("GET", "/", null));
        assertThat(RequestView.of("GET", "/a").parameter("c")).isNull();
        assertThat(RequestView.of("PUT", URI.create("http://h:1/a%20b?c=%26#f")))
                .isEqualTo(new RequestView("PUT", "/a%20b", "c=%26"));
        assertThat(RequestView.of("GET", URI.create("http://h"))).isEqualTo(new RequestView("GET", "/", null));
        assertThat(RequestView.of("GET", URI.create("mailto:x"))).isEqualTo(new RequestView("GET", "/", null));
    }

    @Test
    void theQueryIsNeverShown() {
        assertThat(RequestView.of("GET", "/a?token=CANARY")).hasToString("GET /a");
    }

    @Test
    void needsMethodAndPath() {
        assertThatThrownBy(() -> new RequestView(null, "/", null)).hasMessage("method must not be null");
        assertThatThrownBy(() -> new RequestView("GET", null, null)).hasMessage("path must not be null");
    }
}
