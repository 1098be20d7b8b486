package dev.holdfast.emulators.huawei;

import static dev.holdfast.emulators.PlainClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.core.time.VirtualTime;
import dev.holdfast.emulators.PlainClient;
import dev.holdfast.testkit.emulator.Scenario;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HuaweiMetadataEmulatorTest {
    private static final String TOKEN = "/meta-data/latest/api/token";
    private static final String DOCUMENT = "/openstack/latest/meta_data.json";
    private static final String KEY = "/openstack/latest/securitykey";

    private final VirtualTime time = VirtualTime.manual();
    private final HuaweiMetadataEmulator metadata = new HuaweiMetadataEmulator(time).start();
    private final PlainClient client = new PlainClient(metadata);

    @AfterEach
    void close() {
        metadata.close();
        time.shutDown();
    }

    private HttpResponse<String> put(String ttl) throws Exception {
        return client.send(
                client.bare(TOKEN).header("X-Metadata-Token-Ttl-Seconds", ttl).PUT(BodyPublishers.noBody()));
    }

    private String token() throws Exception {
        HttpResponse<String> answer = put("60");
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private HttpResponse<String> get(String path, String token) throws Exception {
        return client.send(client.bare(path).header("X-Metadata-Token", token));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(client.bare(path));
    }

    @Test
    void aTokenIsGoodUntilItsEnd() throws Exception {
        String token = token();
        assertThat(get(DOCUMENT, token).statusCode()).isEqualTo(200);
        time.advance(Duration.ofSeconds(59));
        assertThat(get(DOCUMENT, token).statusCode()).isEqualTo(200);
        time.advance(Duration.ofSeconds(1));
        assertThat(get(DOCUMENT, token).statusCode()).isEqualTo(401);
        assertThat(metadata.requestCount()).isEqualTo(4);
        assertThat(metadata.tokenRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"59, 400", "60, 200", "21600, 200", "21601, 400", "'', 400", "an hour, 400", "-60, 400"})
    void aLifetimeIsChecked(String ttl, int status) throws Exception {
        assertThat(put(ttl).statusCode()).isEqualTo(status);
    }

    @Test
    void aTokenRequestMustNotBeForwardedNorBeAGet() throws Exception {
        assertThat(client.send(client.bare(TOKEN)
                                .header("X-Metadata-Token-Ttl-Seconds", "60")
                                .header("X-Forwarded-For", "10.0.0.1")
                                .PUT(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(403);
        assertThat(get(TOKEN).statusCode()).isEqualTo(405);
        assertThat(client.send(client.bare(TOKEN).PUT(BodyPublishers.noBody())).statusCode())
                .isEqualTo(400);
        assertThat(client.send(client.bare(DOCUMENT)
                                .header("X-Metadata-Token", token())
                                .header("X-Forwarded-For", "10.0.0.1"))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void withoutATokenItAnswersUnlessTokensAreEnforced() throws Exception {
        assertThat(get(DOCUMENT).statusCode()).isEqualTo(200);
        metadata.enforcingTokens();
        assertThat(get(DOCUMENT).statusCode()).isEqualTo(401);
        assertThat(get(KEY).statusCode()).isEqualTo(401);
        assertThat(get(DOCUMENT, token()).statusCode()).isEqualTo(200);
    }

    @Test
    void tokensOfOthersAndForgedOnesAreRefused() throws Exception {
        try (HuaweiMetadataEmulator other = new HuaweiMetadataEmulator(time).start()) {
            String foreign = new PlainClient(other)
                    .send(new PlainClient(other)
                            .bare(TOKEN)
                            .header("X-Metadata-Token-Ttl-Seconds", "60")
                            .PUT(BodyPublishers.noBody()))
                    .body();
            assertThat(get(DOCUMENT, foreign).statusCode()).isEqualTo(401);
        }
        String token = token();
        assertThat(get(DOCUMENT, "forged").statusCode()).isEqualTo(401);
        assertThat(get(DOCUMENT, token.substring(1)).statusCode()).isEqualTo(401);
        metadata.expireTokens();
        assertThat(get(DOCUMENT, token).statusCode()).isEqualTo(401);
        assertThat(get(DOCUMENT, token()).statusCode()).isEqualTo(200);
    }

    @Test
    void aRegionMayHaveNoTokens() throws Exception {
        metadata.withoutTokens();
        assertThat(put("60").statusCode()).isEqualTo(404);
        assertThat(get(DOCUMENT).statusCode()).isEqualTo(200);
    }

    @Test
    void theKeyIsTheSameUntilItsLastTenMinutes() throws Exception {
        JsonNode first = json(get(KEY)).path("credential");
        assertThat(first.path("expires_at").asText()).hasSize("2020-01-08T03:50:07.574000Z".length());
        assertThat(Instant.parse(first.path("expires_at").asText()))
                .isEqualTo(time.now().plus(Duration.ofHours(1)));
        assertThat(first.path("secret").asText()).hasSize(40);
        assertThat(first.path("securitytoken").asText()).hasSize(120);
        time.advance(Duration.ofMinutes(49));
        assertThat(json(get(KEY)).path("credential")).isEqualTo(first);
        time.advance(Duration.ofMinutes(1));
        assertThat(json(get(KEY)).path("credential").path("access")).isNotEqualTo(first.path("access"));
        assertThat(metadata.tokenRequestCount()).isEqualTo(3);
    }

    @Test
    void withoutAnAgencyThereIsNoKey() throws Exception {
        metadata.withoutAgency();
        HttpResponse<String> answer = get(KEY);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo("401 Unauthorized\nPlease configure Cloud Service Agency first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openstack/latest/user_data", "/latest/user-data", "/", "/elsewhere"})
    void whatIsNotStoredIsA404(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("<title>404 Not Found</title>");
    }

    @ParameterizedTest
    @CsvSource({"/latest/meta-data/local-ipv4, 192.168.1.2", "/latest/meta-data/placement/availability-zone, cn-east-3a"
    })
    void servesMetadata(String path, String value) throws Exception {
        assertThat(get(path).body()).isEqualTo(value);
    }

    @Test
    void playsScenarios() throws Exception {
        String token = token();
        metadata.play(Scenario.throttle(1)
                .then(Scenario.unavailable(1))
                .then(Scenario.credentialRefused(1))
                .then(Scenario.credentialsExpired()));
        assertThat(get(DOCUMENT, token).statusCode()).isEqualTo(429);
        assertThat(get(DOCUMENT, token).statusCode()).isEqualTo(503);
        assertThat(get(DOCUMENT, token).statusCode()).isEqualTo(401);
        assertThat(get(DOCUMENT, token).statusCode()).isEqualTo(401);
        assertThat(get(DOCUMENT, token()).statusCode()).isEqualTo(200);
        String old = token();
        metadata.play(Scenario.keyRotation(Duration.ofSeconds(20)));
        assertThat(get(DOCUMENT, old).statusCode()).isEqualTo(200);
        String fresh = token();
        time.advance(Duration.ofSeconds(20));
        assertThat(get(DOCUMENT, old).statusCode()).isEqualTo(401);
        assertThat(get(DOCUMENT, fresh).statusCode()).isEqualTo(200);
    }
}
