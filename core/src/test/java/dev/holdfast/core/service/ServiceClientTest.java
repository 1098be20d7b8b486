package dev.holdfast.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.holdfast.core.Holdfast;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceClientTest {
    private static final URI URL = URI.create("http://127.0.0.1/token?secret=s3cret");

    private final FakeServiceClient serviceClient = new FakeServiceClient(Holdfast.of(TestService.SERVICE));

    @Test
    void aTargetIsAtTheServiceOrAtTheEndpointThatStandsForIt() {
        assertThat(serviceClient.url("/token?a=b")).hasToString("http://127.0.0.1/token?a=b");
        FakeServiceClient moved = new FakeServiceClient(Holdfast.builder(TestService.SERVICE)
                .endpoint(URI.create("http://localhost:8080"))
                .build());
        assertThat(moved.url("/token?a=b")).hasToString("http://localhost:8080/token?a=b");
    }

    @Test
    void aSenderOfAnotherServiceIsRefused() {
        assertThat(ServiceClient.of(TestService.SERVICE, serviceClient)).isSameAs(serviceClient);
        Service other =
                Service.builder("test/other").baseUrl("http://127.0.0.1").build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServiceClient.of(other, serviceClient))
                .withMessage("serviceClient must make calls of test/other, but makes calls of test/plain");
        assertThatNullPointerException()
                .isThrownBy(() -> ServiceClient.of(other, null))
                .withMessage("serviceClient must not be null");
    }

    @Test
    void aMessageKeepsItsPartsAndItsTextShowsNeitherQueryNorHeaders() {
        ServiceClient.Message message = ServiceClient.Message.of("POST", URL)
                .header("X-A", "1")
                .header("X-B", "2")
                .body("s3cret text", "text/plain")
                .header("X-A", "3");
        assertThat(message.method()).isEqualTo("POST");
        assertThat(message.url()).isEqualTo(URL);
        assertThat(message.headers()).containsOnly(Map.entry("X-A", "3"), Map.entry("X-B", "2"));
        assertThat(message.body()).isEqualTo("s3cret text");
        assertThat(message.contentType()).isEqualTo("text/plain");
        assertThat(message).hasToString("POST /token");
    }

    @Test
    void theHeadersOfAMessageAreItsOwn() {
        Map<String, String> headers = new HashMap<>(Map.of("X-A", "1"));
        ServiceClient.Message message = new ServiceClient.Message("GET", URL, headers, null, null);
        headers.clear();
        assertThat(message.headers()).containsOnly(Map.entry("X-A", "1")).isUnmodifiable();
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatNullPointerException()
                .isThrownBy(() -> ServiceClient.Message.of(null, URL))
                .withMessage("method must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> ServiceClient.Message.of("GET", null))
                .withMessage("url must not be null");
    }
}
