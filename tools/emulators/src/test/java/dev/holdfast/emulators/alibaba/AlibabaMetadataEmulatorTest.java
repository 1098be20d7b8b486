package dev.holdfast.emulators.alibaba;

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

class AlibabaMetadataEmulatorTest {
    private static final String TOKEN = "/latest/api/token";
    private static final String ID = "/latest/meta-data/instance-id";
    private static final String ROLES = "/latest/meta-data/ram/security-credentials/";

    private final VirtualTime time = VirtualTime.manual();
    private final AlibabaMetadataEmulator metadata = new AlibabaMetadataEmulator(time).start();
    private final PlainClient client = new PlainClient(metadata);

    @AfterEach
    void close() {
        metadata.close();
        time.shutDown();
    }

    private HttpResponse<String> put(String ttl) throws Exception {
        return client.send(client.bare(TOKEN)
                .header("X-aliyun-ecs-metadata-token-ttl-seconds", ttl)
                .PUT(BodyPublishers.noBody()));
    }

    private String token() throws Exception {
        HttpResponse<String> answer = put("60");
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private HttpResponse<String> get(String path, String token) throws Exception {
        return client.send(client.bare(path).header("X-aliyun-ecs-metadata-token", token));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(client.bare(path));
    }

    private static void isPage(HttpResponse<String> answer, String title) {
        assertThat(answer.statusCode()).isEqualTo(Integer.parseInt(title.substring(0, 3)));
        assertThat(answer.body())
                .startsWith("<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>")
                .contains("<!DOCTYPE html PUBLIC")
                .contains("<title>" + title + "</title>");
    }

    @Test
    void aTokenIsGoodUntilItsEnd() throws Exception {
        String token = token();
        time.advance(Duration.ofSeconds(59));
        assertThat(get(ID, token).body()).isEqualTo("i-bp13znx0m0me8cquabcd");
        time.advance(Duration.ofSeconds(2));
        isPage(get(ID, token), "401 - Unauthorized");
        assertThat(metadata.requestCount()).isEqualTo(3);
        assertThat(metadata.tokenRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"0, 400", "1, 200", "21600, 200", "21601, 400", "'', 400", "soon, 400"})
    void aLifetimeIsChecked(String ttl, int status) throws Exception {
        assertThat(put(ttl).statusCode()).isEqualTo(status);
    }

    @Test
    void aTokenIsNeitherAskedForNorUsedThroughAProxy() throws Exception {
        isPage(
                client.send(client.bare(TOKEN)
                        .header("X-aliyun-ecs-metadata-token-ttl-seconds", "60")
                        .header("X-Forwarded-For", "10.0.0.1")
                        .PUT(BodyPublishers.noBody())),
                "403 - Forbidden");
        isPage(
                client.send(client.bare(ID)
                        .header("X-aliyun-ecs-metadata-token", token())
                        .header("X-Forwarded-For", "10.0.0.1")),
                "403 - Forbidden");
        isPage(client.send(client.bare(TOKEN).PUT(BodyPublishers.noBody())), "400 - Missing or Invalid Parameters");
        isPage(get(TOKEN), "405 - Method Not Allowed");
    }

    @Test
    void aHardenedInstanceWantsATokenForEverything() throws Exception {
        assertThat(get(ID).statusCode()).isEqualTo(200);
        metadata.hardened();
        isPage(get(ID), "403 - Forbidden");
        isPage(get(ROLES), "403 - Forbidden");
        assertThat(get(ID, token()).statusCode()).isEqualTo(200);
        metadata.disabled();
        isPage(put("60"), "403 - Forbidden");
    }

    @Test
    void tokensOfOthersAndForgedOnesAreRefused() throws Exception {
        try (AlibabaMetadataEmulator other = new AlibabaMetadataEmulator(time).start()) {
            PlainClient there = new PlainClient(other);
            String foreign = there.send(there.bare(TOKEN)
                            .header("X-aliyun-ecs-metadata-token-ttl-seconds", "60")
                            .PUT(BodyPublishers.noBody()))
                    .body();
            isPage(get(ID, foreign), "401 - Unauthorized");
        }
        isPage(get(ID, "forged"), "401 - Unauthorized");
        String token = token();
        metadata.expireTokens();
        isPage(get(ID, token), "401 - Unauthorized");
        assertThat(get(ID, token()).statusCode()).isEqualTo(200);
    }

    @Test
    void theRolesCredentialsAreTheSameUntilTheyAreNearlyOver() throws Exception {
        String role = get(ROLES).body();
        assertThat(role).isEqualTo(AlibabaMetadataEmulator.ROLE);
        JsonNode first = json(get(ROLES + role));
        assertThat(first.path("Code").asText()).isEqualTo("Success");
        assertThat(first.path("AccessKeyId").asText()).startsWith("STS.");
        assertThat(Instant.parse(first.path("Expiration").asText()))
                .isEqualTo(time.now().plus(Duration.ofHours(6)));
        time.advance(Duration.ofHours(5));
        assertThat(json(get("/2016-01-01/meta-data/ram/security-credentials/" + role))
                        .path("AccessKeyId"))
                .isEqualTo(first.path("AccessKeyId"));
        metadata.rotateRoleCredentials(Duration.ofMinutes(1));
        assertThat(json(get(ROLES + role)).path("AccessKeyId")).isNotEqualTo(first.path("AccessKeyId"));
        isPage(get(ROLES + "other"), "404 - Not Found");
        metadata.withoutRole();
        isPage(get(ROLES), "404 - Not Found");
        isPage(get(ROLES + role), "404 - Not Found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/latest/user-data", "/latest/meta-data/nothing", "/elsewhere", "/"})
    void whatIsNotStoredIsA404(String path) throws Exception {
        isPage(get(path), "404 - Not Found");
    }

    @Test
    void playsScenarios() throws Exception {
        String token = token();
        metadata.play(Scenario.throttle(1)
                .then(Scenario.unavailable(1))
                .then(Scenario.credentialRefused(1))
                .then(Scenario.keyRotation(Duration.ofSeconds(20))));
        assertThat(get(ID, token).statusCode()).isEqualTo(429);
        assertThat(get(ID, token).statusCode()).isEqualTo(503);
        assertThat(get(ID, token).statusCode()).isEqualTo(401);
        assertThat(get(ID, token).statusCode()).isEqualTo(200);
        String fresh = token();
        time.advance(Duration.ofSeconds(20));
        assertThat(get(ID, token).statusCode()).isEqualTo(401);
        assertThat(get(ID, fresh).statusCode()).isEqualTo(200);
    }
}
