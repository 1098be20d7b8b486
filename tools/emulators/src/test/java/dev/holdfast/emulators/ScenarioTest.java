package dev.holdfast.emulators;

import static dev.holdfast.emulators.PlainClient.VERSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.time.VirtualTime;
import dev.holdfast.emulators.azure.AzureImdsEmulator;
import dev.holdfast.emulators.laws.Shortly;
import dev.holdfast.testkit.emulator.Scenario;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioTest {
    private static final String INSTANCE = "/metadata/instance?" + VERSION;
    private static final String BALANCER = "/metadata/loadbalancer?" + VERSION;
    private static final String IDENTITY = "/metadata/identity/info?" + VERSION;

    private final VirtualTime time = VirtualTime.manual();
    private final AzureImdsEmulator imds =
            new AzureImdsEmulator(time).withoutLimits().start();
    private final PlainClient client = new PlainClient(imds);

    @AfterEach
    void close() {
        imds.close();
        time.shutDown();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "throttle | 429 | Too many requests | Too many requests | Temporarily throttled, too many requests",
                "updating | 410 | Gone | Gone | The service is being updated",
                "unavailable | 503 | Service unavailable | Internal service unavailable. Please retry later | Service unavailable",
                "not-found-yet | 404 | Not found | Load Balancer metadata API is not available right now. Please retry later | Not found",
            })
    void refusesInTheWordsOfThePath(String name, int status, String instance, String balancer, String identity)
            throws Exception {
        imds.play(Scenario.named(name));
        HttpResponse<String> one = client.get(INSTANCE);
        assertThat(one.statusCode()).isEqualTo(status);
        assertThat(one.body()).isEqualTo("{\"error\":\"" + instance + "\"}");
        assertThat(one.headers().map().keySet())
                .containsExactlyInAnyOrder("content-length", "content-type", "date", "server");
        assertThat(client.get(BALANCER).body()).isEqualTo("{\"error\":\"" + balancer + "\"}");
        assertThat(client.get(IDENTITY).body()).endsWith("\"error_description\":\"" + identity + "\"}");
        time.advance(Duration.ofSeconds(75));
        assertThat(client.get(INSTANCE).statusCode()).isEqualTo(200);
        assertThat(imds.scenariosPlayed()).isTrue();
    }

    @Test
    void anUpdateBeginsWithTheFirstRequestThatMeetsIt() throws Exception {
        imds.play(Scenario.updating(Duration.ofSeconds(75)));
        time.advance(Duration.ofHours(1));
        assertThat(client.get(INSTANCE).statusCode()).isEqualTo(410);
        time.advance(Duration.ofMillis(74_999));
        assertThat(client.get(INSTANCE).statusCode()).isEqualTo(410);
        assertThat(imds.scenariosPlayed()).isFalse();
        time.advance(Duration.ofMillis(1));
        assertThat(client.get(INSTANCE).statusCode()).isEqualTo(200);
    }

    @Test
    void actsFollowEachOtherAndMayConcernSomePathsOnly() throws Exception {
        imds.play(Scenario.throttle(1).onlyFor("/metadata/identity").then(Scenario.unavailable(1)));
        assertThat(client.get(INSTANCE).statusCode()).isEqualTo(503);
        assertThat(client.get(INSTANCE).statusCode()).isEqualTo(200);
        assertThat(client.get(IDENTITY).statusCode()).isEqualTo(429);
        assertThat(client.get(IDENTITY).statusCode()).isEqualTo(200);
        imds.play(Scenario.unavailable(100)).stopScenarios();
        assertThat(client.get(INSTANCE).statusCode()).isEqualTo(200);
    }

    @Test
    void aPathIsNotTheBeginningOfAWord() throws Exception {
        imds.play(Scenario.throttle(9).onlyFor("/metadata/ins"));
        assertThat(client.get(INSTANCE).statusCode()).isEqualTo(200);
    }

    @Test
    void dropsFreshAndUsedConnections() throws Exception {
        client.get(INSTANCE);
        imds.play(Scenario.dropConnection(4));
        // The JDK's client itself repeats a GET, once, where a used connection turns out to be dead.
        assertThatThrownBy(() -> client.get(INSTANCE)).isInstanceOf(IOException.class);
        int before = imds.requestCount();
        assertThatThrownBy(() -> client.method("POST", "/metadata/scheduledevents", "{}"))
                .isInstanceOf(IOException.class);
        assertThat(imds.requestCount()).isEqualTo(before + 1);
    }

    @Test
    void cutsABodyInTheMiddle() throws Exception {
        int whole = client.get(INSTANCE).body().length();
        imds.play(Scenario.truncatedBody(1));
        assertThatThrownBy(() -> client.get(INSTANCE)).isInstanceOf(IOException.class);
        assertThat(client.get(INSTANCE).body()).hasSize(whole);
    }

    @Test
    void aSlowBodyArrivesWhole() throws Exception {
        int whole = client.get(INSTANCE).body().length();
        imds.play(Scenario.slowBody(Duration.ofMillis(30), 1));
        assertThat(client.get(INSTANCE).body()).hasSize(whole);
    }

    @Test
    void aStalledRequestGetsNoAnswer() throws Exception {
        imds.play(Scenario.stall(1));
        CompletableFuture<?> stalled = client.later(INSTANCE);
        Shortly.until(imds::scenariosPlayed);
        // The other request comes later and is answered, so the stalled one would have been by now.
        assertThat(client.get(INSTANCE).statusCode()).isEqualTo(200);
        assertThat(stalled).isNotDone();
    }

    @Test
    void closingEndsWhatStallsOrIsHeld() throws Exception {
        imds.play(Scenario.stall(1).then(Scenario.held(new CompletableFuture<>(), 1)));
        CompletableFuture<?> one = client.later(INSTANCE);
        CompletableFuture<?> other = client.later(INSTANCE);
        imds.awaitRequests(2);
        imds.close();
        assertThatThrownBy(() -> one.get()).isInstanceOf(ExecutionException.class);
        assertThatThrownBy(() -> other.get()).isInstanceOf(ExecutionException.class);
    }

    @Test
    void aGateThatFailsOpensToo() throws Exception {
        imds.play(Scenario.held(CompletableFuture.failedFuture(new IllegalStateException()), 1));
        assertThat(client.get(INSTANCE).statusCode()).isEqualTo(200);
    }

    @Test
    void aProxyAnswersInThePlaceOfTheService() throws Exception {
        imds.play(Scenario.proxyPage(1));
        HttpResponse<String> response = client.get(INSTANCE);
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.headers().firstValue("Via")).isPresent();
        assertThat(response.headers().firstValue("Server")).isEmpty();
        assertThat(response.body()).startsWith("<!DOCTYPE html>");
    }

    @Test
    void anyAnswer() throws Exception {
        imds.play(Scenario.answer(418, "{\"error\":\"teapot\"}", 1)
                .then(Scenario.answer(
                        401, HeaderFields.of("Server", "EC2ws", "Set-Cookie", "a", "Set-Cookie", "b"), "<html/>", 1)));
        HttpResponse<String> own = client.get("/whatever/it/is");
        assertThat(own.statusCode()).isEqualTo(418);
        assertThat(own.body()).isEqualTo("{\"error\":\"teapot\"}");
        HttpResponse<String> strange = client.get(INSTANCE);
        assertThat(strange.headers().map().keySet())
                .containsExactlyInAnyOrder("content-length", "server", "set-cookie");
        assertThat(strange.headers().allValues("Set-Cookie")).containsExactly("a", "b");
    }

    @Test
    void namesHaveASentenceEach() {
        assertThat(Scenario.names()).hasSizeGreaterThanOrEqualTo(9);
        Scenario.names().forEach((name, sentence) -> {
            assertThat(name).matches("[a-z-]+");
            assertThat(sentence).endsWith(".");
            assertThat(Scenario.named(name).acts()).isNotEmpty();
        });
        assertThatThrownBy(() -> Scenario.named("nonsense"))
                .hasMessageContaining("\"nonsense\"")
                .hasMessageContaining("throttle");
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> Scenario.throttle(0)).hasMessageContaining("0");
        assertThatThrownBy(() -> Scenario.updating(Duration.ZERO)).hasMessageContaining("PT0S");
        assertThatThrownBy(() -> Scenario.throttle(1).onlyFor("metadata")).hasMessageContaining("metadata");
        assertThatThrownBy(() -> Scenario.answer(99, "", 1)).hasMessageContaining("99");
    }
}
