package dev.holdfast.emulators.azure;

import static dev.holdfast.emulators.PlainClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.core.time.VirtualTime;
import dev.holdfast.emulators.PlainClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {
    private static final String TOKEN =
            "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fmanagement.azure.com%2F";

    private final VirtualTime time = VirtualTime.manual();
    private final AzureImdsEmulator imds = new AzureImdsEmulator(time).start();
    private final PlainClient client = new PlainClient(imds);

    @AfterEach
    void close() {
        imds.close();
        time.shutDown();
    }

    @Test
    void issuesATokenWithNumbersAsStrings() throws Exception {
        JsonNode token = json(client.get(TOKEN + "&client_id=" + AzureImdsEmulator.CLIENT_ID));
        assertThat(token.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(token.path("resource").asText()).isEqualTo("https://management.azure.com/");
        assertThat(token.path("client_id").asText()).isEqualTo(AzureImdsEmulator.CLIENT_ID);
        assertThat(token.path("expires_in").isTextual()).isTrue();
        assertThat(token.path("expires_in").asText()).isEqualTo("86400");
        assertThat(token.path("expires_on").isTextual()).isTrue();
        assertThat(token.path("expires_on").asLong())
                .isEqualTo(time.now().plus(Duration.ofDays(1)).getEpochSecond());
        String[] parts = token.path("access_token").asText().split("\\.");
        assertThat(parts).hasSize(3);
        assertThat(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
                .contains("\"aud\":\"https://management.azure.com/\"");
    }

    @Test
    void handsOutTheSameTokenUntilItIsNearlyOver() throws Exception {
        String first = token(TOKEN);
        assertThat(token(TOKEN)).isEqualTo(first);
        assertThat(token(TOKEN.replace("management", "vault"))).isNotEqualTo(first);
        String bypassed = token(TOKEN + "&bypass_cache=true");
        assertThat(bypassed).isNotEqualTo(first);
        assertThat(token(TOKEN)).isEqualTo(bypassed);
        time.advance(Duration.ofHours(23).plusMinutes(54));
        assertThat(json(client.get(TOKEN)).path("expires_in").asText()).isEqualTo("360");
        time.advance(Duration.ofMinutes(1));
        assertThat(token(TOKEN)).isNotEqualTo(bypassed);
    }

    private String token(String target) throws Exception {
        return json(client.get(target)).path("access_token").asText();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client_id=00000000-0000-0000-0000-000000000000",
                "object_id=x",
                "msi_res_id=%2Fsubscriptions%2Fx",
                "mi_res_id=x"
            })
    void doesNotKnowOtherIdentities(String identity) throws Exception {
        HttpResponse<String> response = client.get(TOKEN + "&" + identity);
        assertThat(response.statusCode()).isEqualTo(400);
        // Its length is known from live traffic.
        assertThat(response.body())
                .isEqualTo("{\"error\":\"invalid_request\",\"error_description\":\"Identity not found\"}")
                .hasSize(68);
    }

    @Test
    void wantsAResource() throws Exception {
        HttpResponse<String> response = client.get("/metadata/identity/oauth2/token?api-version=2018-02-01");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .isEqualTo(
                        "{\"error\":\"invalid_request\",\"error_description\":\"Required audience parameter not specified\"}");
    }

    @Test
    void theVmsOwnIdentityIsAnotherThanTheAssignedOne() throws Exception {
        JsonNode own = json(client.get(TOKEN));
        assertThat(own.path("client_id").asText()).isEqualTo(AzureImdsEmulator.SYSTEM_CLIENT_ID);
        String assigned = token(TOKEN + "&object_id=" + AzureImdsEmulator.OBJECT_ID);
        assertThat(assigned).isNotEqualTo(own.path("access_token").asText());
        String resourceId = AzureImdsEmulator.IDENTITY_RESOURCE_ID.replace("/", "%2F");
        assertThat(token(TOKEN + "&msi_res_id=" + resourceId)).isEqualTo(assigned);
        assertThat(token(TOKEN + "&client_id=" + AzureImdsEmulator.CLIENT_ID)).isEqualTo(assigned);
        assertThat(imds.tokenRequestCount()).isEqualTo(4);
        imds.withoutIdentity();
        assertThat(client.get(TOKEN).body()).contains("Identity not found");
    }

    @Test
    void takesThePathAsTheVendorsOwnLibraryWritesIt() throws Exception {
        String strange = imds.url() + "/" + TOKEN;
        assertThat(client.send(client.bare(strange).header("Metadata", "true")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void handsOutAShortTokenForHalfOfItsLife() throws Exception {
        imds.tokenLifetime(Duration.ofMinutes(4));
        String first = token(TOKEN);
        time.advance(Duration.ofSeconds(119));
        assertThat(token(TOKEN)).isEqualTo(first);
        time.advance(Duration.ofSeconds(1));
        assertThat(token(TOKEN)).isNotEqualTo(first);
    }

    @Test
    void goesOnHandingOutATokenThatWasRefusedElsewhere() throws Exception {
        String first = token(TOKEN);
        imds.expireTokens();
        assertThat(token(TOKEN)).isEqualTo(first);
        assertThat(token(TOKEN + "&bypass_cache=true")).isNotEqualTo(first);
    }
}
