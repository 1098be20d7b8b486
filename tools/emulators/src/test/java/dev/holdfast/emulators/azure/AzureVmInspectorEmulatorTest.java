package dev.holdfast.emulators.azure;

import static dev.holdfast.emulators.PlainClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.time.VirtualTime;
import dev.holdfast.emulators.PlainClient;
import dev.holdfast.testkit.emulator.Scenario;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AzureVmInspectorEmulatorTest {
    private static final String TOKEN =
            "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fmanagement.azure.com%2F";
    private static final String BASE = "/subscriptions/s/providers/Microsoft.Compute/locations/westeurope";
    private static final String VERSION = "?api-version=2024-03-01-preview";
    private static final String RUN = BASE + "/diagnostics/diskInspection/run" + VERSION;
    private static final String SAS =
            "https://account.blob.core.windows.net/logs/out.zip?sp=rw&sr=b&se=2026-01-01T01:00:00Z&sig=s";

    private final VirtualTime time = VirtualTime.manual();
    private final AzureVmInspectorEmulator arm = new AzureVmInspectorEmulator(time).start();
    private final PlainClient client = new PlainClient(arm);

    @AfterEach
    void close() {
        arm.close();
        time.shutDown();
    }

    private String token() throws Exception {
        return json(client.get(TOKEN)).path("access_token").asText();
    }

    private HttpRequest.Builder with(String target, String token) {
        return client.bare(target).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> run(String token, String sas) throws Exception {
        return client.send(with(RUN, token)
                .POST(BodyPublishers.ofString(
                        "{\"resourceId\":\"/subscriptions/s/vm\",\"manifest\":\"diagnostic\",\"uploadSasUri\":\"" + sas
                                + "\"}")));
    }

    private static void isError(HttpResponse<String> answer, int status, String code) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).at("/error/code").asText()).isEqualTo(code);
        assertThat(answer.headers().firstValue("x-ms-request-id")).isPresent();
    }

    @Test
    void anInspectionIsAskedForUntilItIsDone() throws Exception {
        HttpResponse<String> begun = run(token(), SAS);
        assertThat(begun.statusCode()).isEqualTo(202);
        assertThat(begun.headers().firstValue("Retry-After")).hasValue("5");
        URI location = URI.create(begun.headers().firstValue("Location").orElseThrow());
        assertThat(location.toString()).startsWith(arm.url() + BASE + "/diagnosticOperations/");
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> going = client.send(with(location.toString(), token()));
            assertThat(going.statusCode()).isEqualTo(202);
            assertThat(going.headers().firstValue("Location")).hasValue(location.toString());
        }
        assertThat(json(client.send(with(location.toString(), token())))
                        .path("resultStatus")
                        .asText())
                .isEqualTo("Success");
        assertThat(arm.inspections()).isEqualTo(1);
        isError(
                client.send(with(BASE + "/diagnosticOperations/none" + VERSION, token())),
                404,
                "DiagnosticOperationNotFound");
    }

    @Test
    void aFailedOneSaysSoWith200() throws Exception {
        arm.pollsInVain(0)
                .failing("InternalServerError", "broke off")
                .retryAfter("120000")
                .locationAt(URI.create("https://westeurope.diagnostic.compute.azure.com"));
        HttpResponse<String> begun = run(token(), SAS);
        assertThat(begun.headers().firstValue("Retry-After")).hasValue("120000");
        URI location = URI.create(begun.headers().firstValue("Location").orElseThrow());
        assertThat(location.getHost()).isEqualTo("westeurope.diagnostic.compute.azure.com");
        HttpResponse<String> result = client.send(with(location.getRawPath() + "?" + location.getRawQuery(), token()));
        assertThat(result.statusCode()).isEqualTo(200);
        assertThat(json(result).path("resultStatus").asText()).isEqualTo("Failed");
        assertThat(json(result).at("/errorDetail/code").asText()).isEqualTo("InternalServerError");
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.blob.core.windows.net/c/out.txt?sp=rw&sr=b&se=2026-01-01T01:00:00Z, file extension",
        "https://a.blob.core.windows.net/c/out.zip?sp=rw&sr=c&se=2026-01-01T01:00:00Z, is not generated for resource",
        "https://a.blob.core.windows.net/c/out.zip?sp=r&sr=b&se=2026-01-01T01:00:00Z, required permissions",
        "https://a.blob.core.windows.net/c/out.zip?sp=rw&sr=b&se=2025-12-31T23:59:59Z, is expired",
        "https://a.blob.core.windows.net/c/out.zip?sp=rw&sr=b&se=soon, is expired",
    })
    void theUploadAddressIsChecked(String sas, String message) throws Exception {
        HttpResponse<String> answer = run(token(), sas);
        isError(answer, 400, "InvalidBlobUploadSASUri");
        assertThat(answer.body()).contains(message);
        isError(run(token(), ""), 400, "InvalidParameter");
        assertThat(arm.inspections()).isZero();
    }

    @Test
    void tokensAreChecked() throws Exception {
        String list = BASE + "/diagnostics" + VERSION;
        assertThat(client.send(with(list, token())).statusCode()).isEqualTo(200);
        isError(client.send(client.bare(list)), 401, "AuthenticationFailed");
        isError(
                client.send(client.bare(list).header("Authorization", "Basic YTpi")),
                401,
                "AuthenticationFailedInvalidHeader");
        isError(client.send(with(list, token() + "x")), 401, "InvalidAuthenticationToken");
        String vault = json(client.get(TOKEN.replace("management", "vault")))
                .path("access_token")
                .asText();
        isError(client.send(with(list, vault)), 401, "InvalidAuthenticationTokenAudience");
        String old = token();
        time.advance(Duration.ofHours(24));
        HttpResponse<String> expired = client.send(with(list, old));
        isError(expired, 401, "ExpiredAuthenticationToken");
        assertThat(expired.body()).contains("expiry UTC time '1/2/2026 12:00:00 AM'");
        assertThat(expired.headers().firstValue("WWW-Authenticate").orElseThrow())
                .startsWith("Bearer ");
        isError(client.send(with(BASE + "/diagnostics", token())), 400, "MissingApiVersionParameter");
        isError(client.send(with(BASE + "/elsewhere" + VERSION, token())), 404, "InvalidResourceType");
        arm.play(Scenario.credentialRefused(1));
        isError(client.send(with(list, token())), 401, "InvalidAuthenticationToken");
        String good = token();
        arm.play(Scenario.throttle(1));
        assertThat(client.send(with(list, good)).headers().firstValue("Retry-After"))
                .hasValue("7");
    }

    @Test
    void tokensOfAnotherEmulatorAreAcceptedWhereItIsTrusted() throws Exception {
        try (AzureImdsEmulator imds = new AzureImdsEmulator(time).start()) {
            String token =
                    json(new PlainClient(imds).get(TOKEN)).path("access_token").asText();
            isError(client.send(with(BASE + "/diagnostics" + VERSION, token)), 401, "InvalidAuthenticationToken");
            arm.trusting(imds);
            assertThat(client.send(with(BASE + "/diagnostics" + VERSION, token)).statusCode())
                    .isEqualTo(200);
            imds.expireTokens();
            isError(client.send(with(BASE + "/diagnostics" + VERSION, token)), 401, "ExpiredAuthenticationToken");
        }
    }

    @Test
    void claimsAreDemandedOfOlderTokens() throws Exception {
        String claims = "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1\"},\"x\":\">>>???\"}}";
        String list = BASE + "/diagnostics" + VERSION;
        String older = token();
        arm.demandClaims(claims, false);
        String standard = challenge(client.send(with(list, older)));
        assertThat(new String(Base64.getDecoder().decode(standard), StandardCharsets.UTF_8))
                .isEqualTo(claims);
        arm.demandClaims(claims, true);
        String urlSafe = challenge(client.send(with(list, older)));
        assertThat(urlSafe).isNotEqualTo(standard);
        assertThat(new String(Base64.getUrlDecoder().decode(urlSafe), StandardCharsets.UTF_8))
                .isEqualTo(claims);
        String newer = json(client.get(TOKEN + "&bypass_cache=true"))
                .path("access_token")
                .asText();
        assertThat(client.send(with(list, newer)).statusCode()).isEqualTo(200);
    }

    private static String challenge(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        String header = answer.headers().firstValue("WWW-Authenticate").orElseThrow();
        assertThat(header).contains("error=\"insufficient_claims\"");
        return header.replaceAll(".*claims=\"([^\"]*)\".*", "$1");
    }
}
