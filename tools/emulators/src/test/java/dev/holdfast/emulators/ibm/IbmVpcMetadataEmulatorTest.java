package dev.holdfast.emulators.ibm;

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

class IbmVpcMetadataEmulatorTest {
    private static final String NEW = "?version=2025-08-26";
    private static final String OLD = "?version=2025-08-25";
    private static final String PROFILE = "{\"trusted_profile\":{\"%s\":\"%s\"}}";

    private final VirtualTime time = VirtualTime.manual();
    private final IbmVpcMetadataEmulator vpc = new IbmVpcMetadataEmulator(time).start();
    private final PlainClient client = new PlainClient(vpc);

    @AfterEach
    void close() {
        vpc.close();
        time.shutDown();
    }

    private HttpResponse<String> token(String target, String body) throws Exception {
        return client.send(client.bare(target).header("Metadata-Flavor", "ibm").PUT(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> exchange(String target, String token, String body) throws Exception {
        return client.send(
                client.bare(target).header("Authorization", "Bearer " + token).POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String target, String token) throws Exception {
        return client.send(client.bare(target).header("Authorization", "Bearer " + token));
    }

    private String identityToken() throws Exception {
        return tokenOf(token("/identity/v1/token" + NEW, "{}"));
    }

    private static String tokenOf(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).path("access_token").asText();
    }

    private static void isError(HttpResponse<String> answer, int status, String code) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(status);
        JsonNode body = json(answer);
        assertThat(body.at("/errors/0/code").asText()).isEqualTo(code);
        assertThat(answer.headers().firstValue("X-Request-Id"))
                .hasValue(body.path("trace").asText());
    }

    @Test
    void aTokenTellsItsLifetimeThreeTimesAndEndsThen() throws Exception {
        HttpResponse<String> answer = token("/identity/v1/token" + NEW, "{\"expires_in\":5}");
        JsonNode body = json(answer);
        assertThat(body.path("expires_in").asInt()).isEqualTo(5);
        assertThat(Instant.parse(body.path("expires_at").asText()))
                .isEqualTo(time.now().plusSeconds(5));
        String token = tokenOf(answer);
        assertThat(get("/metadata/v1/instance" + NEW, token).statusCode()).isEqualTo(200);
        time.advance(Duration.ofSeconds(5));
        isError(get("/metadata/v1/instance" + NEW, token), 401, "unauthenticated");
        assertThat(vpc.tokenRequestCount()).isEqualTo(1);
        assertThat(vpc.requestCount()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "/identity/v1/token?version=2022-03-01, 200",
        "/identity/v1/token?version=2025-08-26, 200",
        "/instance_identity/v1/token?version=2025-08-25, 200",
        "/instance_identity/v1/token?version=2025-08-26, 404",
        "/identity/v1/tokens?version=2025-08-26, 404",
        "/identity/v1/token?version=2022-02-28, 400",
        "/identity/v1/token?version=today, 400",
        "/identity/v1/token, 400",
    })
    void theVersionDateDecidesThePath(String target, int status) throws Exception {
        assertThat(token(target, "{}").statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"expires_in\":4} | invalid_value",
                "{\"expires_in\":3601} | invalid_value",
                "{\"expires_in\":\"300\"} | invalid_value",
                "{\"xyzzy\":1} | unknown_field",
                "{ | invalid_request",
                "[] | invalid_request"
            })
    void aTokensBodyIsChecked(String body, String code) throws Exception {
        isError(token("/identity/v1/token" + NEW, body), 400, code);
    }

    @Test
    void theFlavorMustBeNamed() throws Exception {
        isError(
                client.send(client.bare("/identity/v1/token" + NEW).PUT(BodyPublishers.ofString("{}"))),
                400,
                "missing_value");
    }

    @Test
    void isExchangedForATokenOfIam() throws Exception {
        String token = identityToken();
        for (String body : new String[] {
            "",
            "{}",
            PROFILE.formatted("id", IbmVpcMetadataEmulator.PROFILE_ID),
            PROFILE.formatted("crn", IbmVpcMetadataEmulator.PROFILE_CRN)
        }) {
            String iam = tokenOf(exchange("/identity/v1/iam_tokens" + NEW, token, body));
            assertThat(get("/v1/instances" + NEW, iam).statusCode()).isEqualTo(200);
            isError(get("/metadata/v1/instance" + NEW, iam), 401, "unauthenticated");
        }
        tokenOf(exchange("/instance_identity/v1/iam_token" + OLD, token, "{}"));
        isError(exchange("/instance_identity/v1/iam_token" + NEW, token, "{}"), 404, "not_found");
        isError(get("/v1/instances" + NEW, token), 401, "unauthenticated");
    }

    @Test
    void theProfileMustBeLinked() throws Exception {
        String token = identityToken();
        String path = "/identity/v1/iam_tokens" + NEW;
        isError(exchange(path, token, PROFILE.formatted("id", "Profile-other")), 400, "profile_not_linked");
        isError(exchange(path, token, PROFILE.formatted("name", "agent")), 400, "profile_not_linked");
        isError(exchange(path, token, PROFILE.formatted("alias", "agent")), 400, "unknown_field");
        vpc.withoutDefaultProfile();
        isError(exchange(path, token, "{}"), 400, "missing_field");
        isError(exchange(path, "forged", "{}"), 401, "unauthenticated");
    }

    @ParameterizedTest
    @CsvSource({
        "/metadata/v1/instance, /name, agent-vsi-0",
        "/metadata/v1/instance/initialization, /keys/0/name, operator-key",
        "/metadata/v1/instance/network_interfaces, /network_interfaces/0/type, primary",
        "/metadata/v1/instance/volume_attachments/0717-82cbf856-9cbb-45fb-b62f-d7bcef32399a, /type, boot",
        "/metadata/v1/keys, /keys/0/length, 2048",
        "/metadata/v1/keys/r006-a6b1a881-2ce8-41a3-80fc-36316a73f803, /type, rsa",
    })
    void servesMetadata(String path, String pointer, String value) throws Exception {
        HttpResponse<String> answer = get(path + NEW, identityToken());
        assertThat(json(answer).at(pointer).asText()).as(answer.body()).isEqualTo(value);
        assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "/metadata/v1/nothing",
        "/metadata/v1",
        "/metadata/v1/keys/none",
        "/metadata/v1/instance/keys",
        "/metadata/v1/keys/a/b",
        "/elsewhere"
    })
    void doesNotServeOtherPaths(String path) throws Exception {
        isError(get(path + NEW, identityToken()), 404, "not_found");
    }

    @Test
    void refusesTokensOfOthersAndWhatWasForwarded() throws Exception {
        try (IbmVpcMetadataEmulator other = new IbmVpcMetadataEmulator(time).start()) {
            String foreign = tokenOf(new PlainClient(other)
                    .send(client.bare("/")
                            .uri(other.url().resolve("/identity/v1/token" + NEW))
                            .header("Metadata-Flavor", "ibm")
                            .PUT(BodyPublishers.ofString("{}"))));
            isError(get("/metadata/v1/instance" + NEW, foreign), 401, "unauthenticated");
        }
        isError(client.send(client.bare("/metadata/v1/instance" + NEW)), 401, "unauthenticated");
        isError(
                client.send(client.bare("/metadata/v1/instance" + NEW)
                        .header("Authorization", "Bearer " + identityToken())
                        .header("X-Forwarded-For", "10.0.0.1")),
                403,
                "unauthorized");
        vpc.disabled();
        isError(token("/identity/v1/token" + NEW, "{}"), 403, "unauthorized");
    }

    @Test
    void playsWhatHappensToCredentials() throws Exception {
        String token = identityToken();
        String instance = "/metadata/v1/instance" + NEW;
        vpc.play(Scenario.credentialRefused(1));
        assertThat(token("/identity/v1/token" + NEW, "{}").statusCode()).isEqualTo(200);
        isError(get(instance, token), 401, "unauthenticated");
        assertThat(get(instance, token).statusCode()).isEqualTo(200);
        vpc.play(Scenario.keyRotation(Duration.ofSeconds(60)));
        assertThat(get(instance, token).statusCode()).isEqualTo(200);
        time.advance(Duration.ofSeconds(60));
        isError(get(instance, token), 401, "unauthenticated");
        String newer = identityToken();
        vpc.play(Scenario.credentialsExpired());
        isError(get(instance, newer), 401, "unauthenticated");
        assertThat(get(instance, identityToken()).statusCode()).isEqualTo(200);
        vpc.play(Scenario.unavailable(1).onlyForTokens());
        assertThat(get(instance, token).statusCode()).isEqualTo(401);
        isError(token("/identity/v1/token" + NEW, "{}"), 503, "service_error");
        vpc.play(Scenario.throttle(1));
        isError(get(instance, token), 429, "rate_limit_exceeded");
    }
}
