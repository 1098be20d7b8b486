package dev.holdfast.emulators.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.credential.CachingCredentialSource;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.outcome.Attempt;
import dev.holdfast.core.outcome.CredentialException;
import dev.holdfast.core.outcome.ServiceException;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Service;
import dev.holdfast.emulators.ibm.IbmVpcMetadataEmulator;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Adapter.Reply;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.ibm.IamTokens;
import dev.holdfast.ibm.IbmVpcMetadata;
import dev.holdfast.testkit.emulator.ReceivedRequest;
import dev.holdfast.testkit.emulator.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** IBM's two tokens over sockets: what a refusal renews, what it costs on the wire, and what is told where no token is to be had. */
class IbmCredentialsTest {
    private static final String INSTANCE = "/metadata/v1/instance?version=2025-08-26";
    private static final String TOKEN = "PUT /identity/v1/token?version=2025-08-26";
    private static final String EXCHANGE = "POST /identity/v1/iam_tokens?version=2025-08-26";

    /** Some service behind IAM: the VPC API's list of instances. */
    private static final Service VPC_API = Service.builder("test/vpc-api")
            .baseUrl("https://us-south.iaas.cloud.ibm.com")
            .operation(Operation.named("instances").path("/v1/instances").retrySafety(RetrySafety.ALWAYS))
            .build();

    @RegisterExtension
    final Bench bench = Bench.skipping();

    private IbmVpcMetadataEmulator vpc;

    @BeforeEach
    void start() {
        vpc = new IbmVpcMetadataEmulator(bench.time).start();
    }

    @AfterEach
    void stop() {
        vpc.close();
    }

    private Holdfast.Builder here(Service service) {
        return Holdfast.builder(service)
                .endpoint(vpc.url())
                .timeSource(bench.time)
                .random(Randomness.seeded(42))
                .withoutBudget();
    }

    /** Its token calls go through the same adapter as the calls that need them. */
    private Holdfast metadata(Adapter adapter) {
        CachingCredentialSource identity = IbmVpcMetadata.identityTokens(adapter.serviceClient(
                        bench, here(IbmVpcMetadata.SERVICE).build()))
                .build();
        return here(IbmVpcMetadata.SERVICE).credentials(identity).build();
    }

    private Holdfast api(Adapter adapter, UnaryOperator<IamTokens> change) {
        IamTokens tokens = IbmVpcMetadata.iamTokens(adapter.serviceClient(bench, metadata(adapter)));
        return here(VPC_API).credentials(change.apply(tokens).build()).build();
    }

    private Reply instance(Adapter adapter, Holdfast holdfast) throws Exception {
        return adapter.call(bench, holdfast, Ask.get(vpc.url() + INSTANCE));
    }

    private Reply instances(Adapter adapter, Holdfast holdfast) throws Exception {
        return adapter.call(bench, holdfast, Ask.get(vpc.url() + "/v1/instances?version=2025-08-26&generation=2"));
    }

    private List<String> wire() {
        return vpc.requests().stream().map(ReceivedRequest::toString).toList();
    }

    private static void succeeded(Reply reply, Integer... statuses) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.outcome().attempts()).extracting(Attempt::status).containsExactly(statuses);
    }

    @ParameterizedTest
    @EnumSource
    void oneTokenServesManyCalls(Adapter adapter) throws Exception {
        Holdfast metadata = metadata(adapter);
        succeeded(instance(adapter, metadata), 200);
        succeeded(instance(adapter, metadata), 200);
        assertThat(wire()).containsExactly(TOKEN, "GET " + INSTANCE, "GET " + INSTANCE);
        assertThat(vpc.requests().get(0).headers().first("Metadata-Flavor")).isEqualTo("ibm");
    }

    @ParameterizedTest
    @EnumSource
    void anExpiredTokenIsReplacedBeforeItIsSent(Adapter adapter) throws Exception {
        Holdfast metadata = metadata(adapter);
        succeeded(instance(adapter, metadata), 200);
        bench.time.jumpWall(Duration.ofMinutes(5));
        succeeded(instance(adapter, metadata), 200);
        assertThat(vpc.tokenRequestCount()).isEqualTo(2);
        assertThat(vpc.requestCount()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource
    void refusedOnce(Adapter adapter) throws Exception {
        Holdfast metadata = metadata(adapter);
        succeeded(instance(adapter, metadata), 200);
        vpc.expireTokens();
        succeeded(instance(adapter, metadata), 401, 200);
        assertThat(wire()).containsExactly(TOKEN, "GET " + INSTANCE, "GET " + INSTANCE, TOKEN, "GET " + INSTANCE);
    }

    @ParameterizedTest
    @EnumSource
    void refusedAgain(Adapter adapter) throws Exception {
        vpc.play(Scenario.credentialRefused(Integer.MAX_VALUE));
        Reply reply = instance(adapter, metadata(adapter));
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.REFUSED_AGAIN);
        assertThat(reply.outcome().attempts()).extracting(Attempt::status).containsExactly(401, 401);
        assertThat(reply.outcome().table()).contains("401").contains("unauthenticated");
        assertThat(wire()).containsExactly(TOKEN, "GET " + INSTANCE, TOKEN, "GET " + INSTANCE);
    }

    @ParameterizedTest
    @EnumSource
    void theTokenEndpointIsDown(Adapter adapter) throws Exception {
        vpc.play(Scenario.unavailable(100).onlyForTokens());
        Reply reply = instance(adapter, metadata(adapter));
        assertThat(reply.thrown()).isInstanceOf(CredentialException.class).hasCauseInstanceOf(ServiceException.class);
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.NO_CREDENTIAL);
        assertThat(reply.outcome().attempts()).isEmpty();
        assertThat(wire()).containsExactly(TOKEN, TOKEN, TOKEN, TOKEN, TOKEN);
    }

    @ParameterizedTest
    @EnumSource
    void theTokenEndpointRecovers(Adapter adapter) throws Exception {
        Scenario trouble = Scenario.throttle(1)
                .then(Scenario.dropConnection(1))
                .then(Scenario.truncatedBody(1))
                .then(Scenario.unavailable(1));
        vpc.play(trouble.onlyForTokens());
        succeeded(instance(adapter, metadata(adapter)), 200);
        assertThat(wire()).containsExactly(TOKEN, TOKEN, TOKEN, TOKEN, TOKEN, "GET " + INSTANCE);
    }

    @ParameterizedTest
    @EnumSource
    void anIdentityIsExchangedForTheServicesBehindIam(Adapter adapter) throws Exception {
        Holdfast api = api(adapter, tokens -> tokens.trustedProfileId(IbmVpcMetadataEmulator.PROFILE_ID));
        succeeded(instances(adapter, api), 200);
        succeeded(instances(adapter, api), 200);
        assertThat(wire()).startsWith(TOKEN, EXCHANGE).hasSize(4);
    }

    @ParameterizedTest
    @EnumSource
    void aProfileIsChosenByItsName(Adapter adapter) throws Exception {
        Holdfast api = api(adapter, tokens -> tokens.trustedProfileName(IbmVpcMetadataEmulator.PROFILE_NAME));
        succeeded(instances(adapter, api), 200);
        Holdfast other = api(adapter, tokens -> tokens.trustedProfileName("another's"));
        assertThat(instances(adapter, other).thrown()).hasStackTraceContaining("profile_not_linked");
    }

    @ParameterizedTest
    @EnumSource
    void theServicesRefusalRenewsTheTokenOfIamOnly(Adapter adapter) throws Exception {
        Holdfast api = api(adapter, tokens -> tokens.trustedProfileCrn(IbmVpcMetadataEmulator.PROFILE_CRN));
        succeeded(instances(adapter, api), 200);
        vpc.play(Scenario.credentialRefused(1));
        succeeded(instances(adapter, api), 401, 200);
        assertThat(wire()).filteredOn(TOKEN::equals).hasSize(1);
        assertThat(wire()).filteredOn(EXCHANGE::equals).hasSize(2);
        assertThat(vpc.requestCount()).isEqualTo(6);
    }

    @ParameterizedTest
    @EnumSource
    void theExchangesRefusalRenewsTheIdentity(Adapter adapter) throws Exception {
        Holdfast api = api(adapter, tokens -> tokens);
        succeeded(instances(adapter, api), 200);
        vpc.expireTokens();
        succeeded(instances(adapter, api), 401, 200);
        assertThat(wire().subList(3, 8))
                .satisfiesExactly(
                        refused -> assertThat(refused).startsWith("GET /v1/instances"),
                        exchange -> assertThat(exchange).isEqualTo(EXCHANGE),
                        token -> assertThat(token).isEqualTo(TOKEN),
                        again -> assertThat(again).isEqualTo(EXCHANGE),
                        good -> assertThat(good).startsWith("GET /v1/instances"));
        assertThat(vpc.requestCount()).isEqualTo(8);
    }

    @Test
    void aProfileThatIsNotLinkedIsSaid() throws Exception {
        Reply reply = instances(
                Adapter.OKHTTP_EXECUTE,
                api(Adapter.OKHTTP_EXECUTE, tokens -> tokens.trustedProfileId("Profile-other")));
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.NO_CREDENTIAL);
        assertThat(reply.thrown()).hasStackTraceContaining("profile_not_linked");
        assertThat(wire()).containsExactly(TOKEN, EXCHANGE);
    }

    @Test
    void anEarlierVersionDateTakesTheOldPaths() throws Exception {
        LocalDate old = LocalDate.of(2025, 8, 25);
        Adapter adapter = Adapter.OKHTTP_EXECUTE;
        CachingCredentialSource identity = IbmVpcMetadata.identityTokens(adapter.serviceClient(
                        bench, here(IbmVpcMetadata.SERVICE).build()))
                .version(old)
                .lifetime(Duration.ofSeconds(5))
                .build();
        Holdfast metadata = here(IbmVpcMetadata.SERVICE).credentials(identity).build();
        CachingCredentialSource iam = IbmVpcMetadata.iamTokens(adapter.serviceClient(bench, metadata))
                .version(old)
                .build();
        succeeded(instances(adapter, here(VPC_API).credentials(iam).build()), 200);
        assertThat(wire())
                .startsWith(
                        "PUT /instance_identity/v1/token?version=2025-08-25",
                        "POST /instance_identity/v1/iam_token?version=2025-08-25");
        assertThat(identity.current().join().lifetime()).isEqualTo(Duration.ofSeconds(5));
        assertThat(iam.current().join().lifetime()).isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"access_token\":\"\"}",
                "{\"access_token\":\"two PLANTED-words\"}",
                "{\"access_token\":\"PLANTED-\\u00e4\"}",
                "PLANTED-no document",
            })
    void aSuccessWithoutAUsableTokenIsAnErrorThatShowsNoValue(String body) throws Exception {
        vpc.play(Scenario.answer(200, body, Integer.MAX_VALUE).onlyForTokens());
        noValueIsShown();
    }

    @Test
    void norIsATokenThatNoHeaderCanHold() throws Exception {
        vpc.play(Scenario.answer(200, "{\"access_token\":\"" + "PLANTED-".repeat(4_000) + "\"}", Integer.MAX_VALUE)
                .onlyForTokens());
        noValueIsShown();
    }

    private void noValueIsShown() throws Exception {
        Reply reply = instance(Adapter.OKHTTP_EXECUTE, metadata(Adapter.OKHTTP_EXECUTE));
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.NO_CREDENTIAL);
        for (Throwable at = reply.thrown(); at != null; at = at.getCause()) {
            assertThat(at.toString()).doesNotContain("PLANTED");
            assertThat(at.getSuppressed())
                    .allSatisfy(one -> assertThat(one.toString()).doesNotContain("PLANTED"));
        }
        assertThat(reply.thrown().getCause().getMessage()).containsAnyOf("usable access_token", "usable token");
    }

    /** The token was created long before it was handed out (IBM/go-sdk-core#207): what is left of it counts, and never more than its whole life. */
    @ParameterizedTest
    @CsvSource({"-3596, 4, 3600, 4", "0, 300, 3600, 300", "0, 3600, 240, 240", "-60, 3540, 3600, 3540"})
    void theLeastOfAllLifetimesIsBelieved(long created, long end, long seconds, long believed) {
        Instant now = bench.time.now();
        vpc.play(Scenario.answer(
                200,
                "{\"access_token\":\"t\",\"created_at\":\"" + now.plusSeconds(created) + "\",\"expires_at\":\""
                        + now.plusSeconds(end) + "\",\"expires_in\":" + seconds + "}",
                1));
        // The emulator's Date has whole seconds.
        assertThat(tokens().current().join().lifetime())
                .isBetween(Duration.ofSeconds(believed), Duration.ofSeconds(believed + 1));
    }

    @Test
    void aTokenThatDoesNotSayHowLongItIsGoodForIsUsedForFiveMinutes() {
        vpc.play(Scenario.answer(200, "{\"access_token\":\"u\",\"expires_in\":\"soon\"}", 1));
        assertThat(tokens().current().join().lifetime()).isEqualTo(Duration.ofMinutes(5));
    }

    private CachingCredentialSource tokens() {
        return IbmVpcMetadata.identityTokens(Adapter.JDK_SEND.serviceClient(
                        bench, here(IbmVpcMetadata.SERVICE).build()))
                .lifetime(Duration.ofMinutes(7))
                .build();
    }

    @Test
    void whatMakesNoSenseIsRefusedAtOnce() {
        var bare = Adapter.OKHTTP_EXECUTE.serviceClient(
                bench, here(IbmVpcMetadata.SERVICE).build());
        var other = Adapter.OKHTTP_EXECUTE.serviceClient(bench, here(VPC_API).build());
        var tokens = IbmVpcMetadata.identityTokens(bare);
        assertThatThrownBy(() -> IbmVpcMetadata.iamTokens(bare)).hasMessageContaining("has no credentials");
        assertThatThrownBy(() -> IbmVpcMetadata.identityTokens(other)).hasMessageContaining("test/vpc-api");
        assertThatThrownBy(() -> tokens.lifetime(Duration.ofSeconds(4))).hasMessageContaining("PT4S");
        assertThatThrownBy(() -> tokens.lifetime(Duration.ofSeconds(3601))).hasMessageContaining("PT1H1S");
        assertThatThrownBy(() -> tokens.lifetime(Duration.ofMillis(5500))).hasMessageContaining("whole seconds");
        assertThatThrownBy(() -> tokens.version(LocalDate.of(2022, 2, 28))).hasMessageContaining("2022-02-28");
        IamTokens iam =
                IbmVpcMetadata.iamTokens(Adapter.OKHTTP_EXECUTE.serviceClient(bench, metadata(Adapter.OKHTTP_EXECUTE)));
        assertThatThrownBy(() -> iam.trustedProfileCrn("Profile-1")).hasMessageContaining("crn:");
        assertThatThrownBy(() -> iam.trustedProfileId("a\"b")).hasMessageContaining("letters, digits");
        for (String name : List.of("", "a\"b", "a\\b", "a\nb", "n".repeat(256))) {
            assertThatThrownBy(() -> iam.trustedProfileName(name)).hasMessageContaining("1 to 255 characters");
        }
    }
}
