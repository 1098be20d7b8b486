package dev.holdfast.emulators.azure;

import static dev.holdfast.emulators.PlainClient.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.time.VirtualTime;
import dev.holdfast.emulators.PlainClient;
import dev.holdfast.testkit.emulator.Scenario;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final String INSTANCE = "/metadata/instance?" + VERSION;
    private static final String IDENTITY = "/metadata/identity/info?" + VERSION;

    private final VirtualTime time = VirtualTime.manual();
    private final AzureImdsEmulator imds = new AzureImdsEmulator(time).start();
    private final PlainClient client = new PlainClient(imds);

    @AfterEach
    void close() {
        imds.close();
        time.shutDown();
    }

    @Test
    void fiveInASecondThatSlides() throws Exception {
        assertThat(statuses(INSTANCE, 3)).containsOnly(200);
        time.advance(Duration.ofMillis(600));
        assertThat(statuses("/metadata/versions", 2)).containsOnly(200);
        HttpResponse<String> sixth = client.get(INSTANCE);
        assertThat(sixth.statusCode()).isEqualTo(429);
        assertThat(sixth.body()).isEqualTo("{\"error\":\"Too many requests\"}");
        assertThat(sixth.headers().firstValue("Retry-After")).isEmpty();
        time.advance(Duration.ofMillis(399));
        assertThat(statuses(INSTANCE, 1)).containsExactly(429);
        time.advance(Duration.ofMillis(1));
        assertThat(statuses(INSTANCE, 4)).containsExactly(200, 200, 200, 429);
    }

    @Test
    void refusedRequestsDoNotCount() throws Exception {
        assertThat(statuses("/metadata/instance", 10)).containsOnly(400);
        assertThat(statuses(INSTANCE, 6)).containsExactly(200, 200, 200, 200, 200, 429);
    }

    @Test
    void identityHasALimitOfItsOwn() throws Exception {
        assertThat(statuses(INSTANCE, 5)).containsOnly(200);
        assertThat(statuses(IDENTITY, 20)).containsOnly(200);
        HttpResponse<String> next = client.get(IDENTITY);
        assertThat(next.statusCode()).isEqualTo(429);
        // Its length is known from live traffic.
        assertThat(next.body())
                .isEqualTo(
                        "{\"error\":\"invalid_request\",\"error_description\":\"Temporarily throttled, too many requests\"}")
                .hasSize(90);
    }

    @Test
    void identityWorksOnFiveAtOnce() throws Exception {
        CompletableFuture<Void> limiter = new CompletableFuture<>();
        imds.play(Scenario.held(limiter, 5).onlyFor("/metadata/identity"));
        List<CompletableFuture<HttpResponse<String>>> held = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            held.add(client.later(IDENTITY));
        }
        imds.awaitRequests(5);
        assertThat(imds.scenariosPlayed()).isTrue();
        assertThat(client.get(IDENTITY).statusCode()).isEqualTo(429);
        assertThat(client.get(INSTANCE).statusCode()).isEqualTo(200);
        limiter.complete(null);
        for (CompletableFuture<HttpResponse<String>> one : held) {
            assertThat(one.get().statusCode()).isEqualTo(200);
        }
        assertThat(client.get(IDENTITY).statusCode()).isEqualTo(200);
    }

    @Test
    void canBeSwitchedOff() throws Exception {
        imds.withoutLimits();
        assertThat(statuses(INSTANCE, 30)).containsOnly(200);
        assertThat(statuses(IDENTITY, 30)).containsOnly(200);
    }

    private List<Integer> statuses(String target, int count) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            statuses.add(client.get(target).statusCode());
        }
        return statuses;
    }
}
