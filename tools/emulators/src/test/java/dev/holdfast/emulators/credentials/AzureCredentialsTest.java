package dev.holdfast.emulators.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.azure.ArmTokens;
import dev.holdfast.azure.AzureImds;
import dev.holdfast.azure.AzureVmInspector;
import dev.holdfast.azure.ManagedIdentity;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.credential.CachingCredentialSource;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialSource;
import dev.holdfast.core.credential.Secret;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.outcome.Attempt;
import dev.holdfast.core.outcome.CredentialException;
import dev.holdfast.core.outcome.ServiceException;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.emulators.azure.AzureImdsEmulator;
import dev.holdfast.emulators.azure.AzureVmInspectorEmulator;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Adapter.Reply;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.testkit.emulator.ReceivedRequest;
import dev.holdfast.testkit.emulator.Scenario;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A managed identity's tokens for Resource Manager, over sockets: what a refusal renews, and what it costs on the wire. */
class AzureCredentialsTest {
    private static final String ARM = "https://management.azure.com/";
    private static final String LIST =
            "/subscriptions/s/providers/Microsoft.Compute/locations/westeurope/diagnostics?api-version=2024-03-01-preview";
    private static final String TOKEN =
            "GET /metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fmanagement.azure.com%2F";
    private static final String BYPASS = TOKEN + "&bypass_cache=true";

    @RegisterExtension
    final Bench bench = Bench.skipping();

    private AzureImdsEmulator imds;
    private AzureVmInspectorEmulator arm;

    @BeforeEach
    void start() {
        imds = new AzureImdsEmulator(bench.time).withoutLimits().start();
        arm = new AzureVmInspectorEmulator(bench.time).trusting(imds).start();
    }

    @AfterEach
    void stop() {
        arm.close();
        imds.close();
    }

    private Holdfast.Builder timed(Holdfast.Builder builder) {
        return builder.timeSource(bench.time).random(Randomness.seeded(42)).withoutBudget();
    }

    private Holdfast imds() {
        return timed(Holdfast.builder(AzureImds.SERVICE))
                .endpoint(imds.url())
                .limits("identity", Limits.NONE)
                .build();
    }

    private Holdfast arm(CredentialSource tokens) {
        return timed(Holdfast.builder(AzureVmInspector.SERVICE))
                .endpoint(arm.url())
                .credentials(tokens)
                .build();
    }

    private Holdfast arm(Adapter adapter, UnaryOperator<ManagedIdentity> change) {
        ManagedIdentity identity = AzureImds.managedIdentity(adapter.serviceClient(bench, imds()), ARM);
        return arm(change.apply(identity).build());
    }

    private Holdfast arm(Adapter adapter) {
        return arm(adapter, identity -> identity);
    }

    private Reply list(Adapter adapter, Holdfast holdfast) throws Exception {
        return adapter.call(bench, holdfast, Ask.get(arm.url() + LIST));
    }

    private List<String> tokenRequests() {
        return imds.requests().stream().map(ReceivedRequest::toString).toList();
    }

    private static void succeeded(Reply reply, Integer... statuses) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.outcome().attempts()).extracting(Attempt::status).containsExactly(statuses);
    }

    @ParameterizedTest
    @EnumSource
    void oneTokenServesManyCalls(Adapter adapter) throws Exception {
        Holdfast arm = arm(adapter);
        succeeded(list(adapter, arm), 200);
        succeeded(list(adapter, arm), 200);
        assertThat(tokenRequests()).containsExactly(TOKEN);
        assertThat(this.arm.requestCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void anExpiredTokenIsReplacedBeforeItIsSent(Adapter adapter) throws Exception {
        imds.tokenLifetime(Duration.ofMinutes(10));
        Holdfast arm = arm(adapter);
        succeeded(list(adapter, arm), 200);
        bench.time.jumpWall(Duration.ofMinutes(10));
        succeeded(list(adapter, arm), 200);
        assertThat(tokenRequests()).containsExactly(TOKEN, TOKEN);
        assertThat(this.arm.requestCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void refusedOnceItIsAskedForPastTheCacheOfImds(Adapter adapter) throws Exception {
        Holdfast arm = arm(adapter);
        succeeded(list(adapter, arm), 200);
        imds.expireTokens();
        succeeded(list(adapter, arm), 401, 200);
        assertThat(tokenRequests()).containsExactly(TOKEN, BYPASS);
        assertThat(this.arm.requestCount()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsToBeForgottenIsAskedForPastTheCacheOfImdsOnce(Adapter adapter) throws Exception {
        imds.tokenLifetime(Duration.ofMinutes(10));
        CachingCredentialSource tokens = AzureImds.managedIdentity(adapter.serviceClient(bench, imds()), ARM)
                .build();
        Holdfast arm = arm(tokens);
        succeeded(list(adapter, arm), 200);
        tokens.invalidate();
        succeeded(list(adapter, arm), 200);
        bench.time.jumpWall(Duration.ofMinutes(10));
        succeeded(list(adapter, arm), 200);
        assertThat(tokenRequests()).containsExactly(TOKEN, BYPASS, TOKEN);
    }

    @ParameterizedTest
    @EnumSource
    void refusedAgain(Adapter adapter) throws Exception {
        arm.play(Scenario.credentialRefused(Integer.MAX_VALUE));
        Reply reply = list(adapter, arm(adapter));
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.REFUSED_AGAIN);
        assertThat(reply.outcome().attempts()).extracting(Attempt::status).containsExactly(401, 401);
        assertThat(reply.outcome().table().lines().filter(line -> line.contains("arm-token-invalid")))
                .hasSize(2);
        assertThat(tokenRequests()).containsExactly(TOKEN, BYPASS);
        assertThat(arm.requestCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void theTokenEndpointIsDown(Adapter adapter) throws Exception {
        imds.play(Scenario.unavailable(100).onlyForTokens());
        Reply reply = list(adapter, arm(adapter));
        assertThat(reply.thrown()).isInstanceOf(CredentialException.class).hasCauseInstanceOf(ServiceException.class);
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.NO_CREDENTIAL);
        assertThat(imds.tokenRequestCount()).isEqualTo(5);
        assertThat(arm.requestCount()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void theTokenEndpointRecovers(Adapter adapter) throws Exception {
        imds.play(Scenario.throttle(2)
                .then(Scenario.dropConnection(1))
                .then(Scenario.unavailable(1))
                .onlyForTokens());
        succeeded(list(adapter, arm(adapter)), 200);
        assertThat(imds.tokenRequestCount()).isEqualTo(5);
        assertThat(arm.requestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void theTokenItselfIsLost(Adapter adapter) throws Exception {
        imds.play(Scenario.dropConnection(100).onlyForTokens());
        Reply reply = list(adapter, arm(adapter));
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.NO_CREDENTIAL);
        assertThat(reply.thrown())
                .isInstanceOf(CredentialException.class)
                .hasCauseInstanceOf(java.io.IOException.class);
        assertThat(arm.requestCount()).isZero();
    }

    @Test
    void anIdentityIsNamedInThreeWays() throws Exception {
        Adapter adapter = Adapter.OKHTTP_EXECUTE;
        succeeded(list(adapter, arm(adapter, identity -> identity.clientId(AzureImdsEmulator.CLIENT_ID))), 200);
        succeeded(list(adapter, arm(adapter, identity -> identity.objectId(AzureImdsEmulator.OBJECT_ID))), 200);
        succeeded(
                list(adapter, arm(adapter, identity -> identity.resourceId(AzureImdsEmulator.IDENTITY_RESOURCE_ID))),
                200);
        assertThat(tokenRequests())
                .satisfiesExactly(
                        one -> assertThat(one).isEqualTo(TOKEN + "&client_id=" + AzureImdsEmulator.CLIENT_ID),
                        one -> assertThat(one).isEqualTo(TOKEN + "&object_id=" + AzureImdsEmulator.OBJECT_ID),
                        one -> assertThat(one).startsWith(TOKEN + "&msi_res_id=%2Fsubscriptions%2F"));
        imds.withoutIdentity();
        Reply none = list(adapter, arm(adapter));
        assertThat(none.thrown()).hasStackTraceContaining("Identity not found");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void claimsAreDemandedAndAManagedIdentityGetsANewToken(boolean urlSafe) throws Exception {
        Holdfast holdfast = arm(Adapter.OKHTTP_EXECUTE);
        succeeded(list(Adapter.OKHTTP_EXECUTE, holdfast), 200);
        arm.demandClaims("{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1\"}}}", urlSafe);
        succeeded(list(Adapter.OKHTTP_EXECUTE, holdfast), 401, 200);
        assertThat(tokenRequests()).containsExactly(TOKEN, BYPASS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void claimsReachTheCallersFetch(boolean urlSafe) throws Exception {
        String claims = "{\"access_token\":{\"acrs\":{\"essential\":true,\"value\":\"c1\"},\"x\":\">>>???\"}}";
        List<String> asked = new ArrayList<>();
        ManagedIdentity identity = AzureImds.managedIdentity(Adapter.OKHTTP_EXECUTE.serviceClient(bench, imds()), ARM);
        ArmTokens tokens = ArmTokens.of(
                (refused, demanded) -> {
                    asked.add(demanded);
                    CredentialSource once = identity.build();
                    return once.current();
                },
                bench.time);
        Holdfast holdfast = arm(tokens);
        succeeded(list(Adapter.OKHTTP_EXECUTE, holdfast), 200);
        arm.demandClaims(claims, urlSafe);
        Reply reply = list(Adapter.OKHTTP_EXECUTE, holdfast);
        // This fetch gave the same token again, which is not sent a second time.
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.NO_CREDENTIAL);
        assertThat(asked).containsExactly(null, claims);
        assertThat(tokens).asString().doesNotContain("eyJ");
        tokens.close();
    }

    @Test
    void otherChallengesDemandNothing() throws Exception {
        String encoded = Base64.getEncoder().encodeToString("{\"a\":1}".getBytes(StandardCharsets.UTF_8));
        for (String challenge : new String[] {
            "Bearer error=\"invalid_token\", claims=\"" + encoded + "\"",
            "Bearer error=\"insufficient_claims\", claims=\"%%%\"",
            "Bearer error=\"insufficient_claims\", claims=\"bm90IGpzb24=\"",
            "Bearer error=\"insufficient_claims\", xclaims=\"" + encoded + "\"",
            "Negotiate",
        }) {
            assertThat(demanded(challenge)).as(challenge).containsExactly(null, null);
        }
        assertThat(demanded("Basic realm=\"x\"", "Bearer claims=\"" + encoded + "\", error=\"insufficient_claims\""))
                .containsExactly(null, "{\"a\":1}");
    }

    private List<String> demanded(String... challenges) throws Exception {
        String[] headers = new String[challenges.length * 2];
        for (int i = 0; i < challenges.length; i++) {
            headers[i * 2] = "WWW-Authenticate";
            headers[i * 2 + 1] = challenges[i];
        }
        arm.play(Scenario.answer(401, HeaderFields.of(headers), "{}", 2));
        List<String> asked = new ArrayList<>();
        Holdfast holdfast = arm(ArmTokens.of(
                (refused, claims) -> {
                    asked.add(claims);
                    return CompletableFuture.completedFuture(
                            Credential.token(Secret.token("token-" + asked.size()), null));
                },
                bench.time));
        assertThat(list(Adapter.OKHTTP_EXECUTE, holdfast).status()).isEqualTo(401);
        return asked;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"access_token\":\"\",\"expires_in\":\"60\"}",
                "{\"access_token\":\"two PLANTED-words\",\"expires_in\":\"60\"}",
                "PLANTED-no document",
            })
    void aSuccessWithoutAUsableTokenIsAnErrorThatShowsNoValue(String body) throws Exception {
        imds.play(Scenario.answer(200, body, Integer.MAX_VALUE));
        Reply reply = list(Adapter.OKHTTP_EXECUTE, arm(Adapter.OKHTTP_EXECUTE));
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.NO_CREDENTIAL);
        assertThat(reply.thrown())
                .hasStackTraceContaining("azure/managed-identity: answered 200 without a usable token");
        for (Throwable at = reply.thrown(); at != null; at = at.getCause()) {
            assertThat(at.toString()).doesNotContain("PLANTED");
        }
        // A body without a token is a failed attempt, and is repeated.
        assertThat(imds.requestCount()).isEqualTo(AzureImds.SERVICE.policy().maxAttempts());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"access_token\":\"t\"}",
                "{\"access_token\":\"t\",\"expires_in\":\"soon\",\"expires_on\":\"later\"}",
            })
    void aTokenThatDoesNotSayHowLongItIsGoodForIsUsedForFiveMinutes(String body) {
        imds.play(Scenario.answer(200, body, 1));
        assertThat(AzureImds.managedIdentity(Adapter.JDK_SEND.serviceClient(bench, imds()), ARM)
                        .build()
                        .current()
                        .join()
                        .lifetime())
                .isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void theEndIsTakenWhereNothingElseIsSaid() {
        long end = bench.time.now().plusSeconds(90).getEpochSecond();
        imds.play(Scenario.answer(200, "{\"access_token\":\"t\",\"expires_on\":\"" + end + "\"}", 1));
        Credential token = AzureImds.managedIdentity(Adapter.JDK_SEND.serviceClient(bench, imds()), ARM)
                .build()
                .current()
                .join();
        assertThat(token.lifetime()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void whatMakesNoSenseIsRefusedAtOnce() {
        var serviceClient = Adapter.OKHTTP_EXECUTE.serviceClient(bench, imds());
        var other = Adapter.OKHTTP_EXECUTE.serviceClient(bench, arm(Adapter.OKHTTP_EXECUTE));
        assertThatThrownBy(() -> AzureImds.managedIdentity(other, ARM)).hasMessageContaining("azure/vm-inspector");
        assertThatThrownBy(() -> AzureImds.managedIdentity(serviceClient, " ")).hasMessageContaining("resource");
        ManagedIdentity identity = AzureImds.managedIdentity(serviceClient, ARM);
        assertThatThrownBy(() -> identity.clientId("")).hasMessageContaining("clientId");
        assertThatThrownBy(() -> identity.resourceId("subscriptions")).hasMessageContaining("slash");
        identity.clientId("a");
        assertThatThrownBy(() -> identity.objectId("b")).hasMessageContaining("named once");
    }
}
