package dev.holdfast.testkit.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.Attempt;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.Operation;
import dev.holdfast.core.Service;
import dev.holdfast.core.ServiceException;
import dev.holdfast.core.credential.CachingCredentialSource;
import dev.holdfast.core.credential.CredentialException;
import dev.holdfast.core.retry.Replay;
import dev.holdfast.core.retry.StopReason;
import dev.holdfast.core.time.Randomness;
import dev.holdfast.ibm.IamTokens;
import dev.holdfast.ibm.IbmVpcMetadata;
import dev.holdfast.testkit.emulator.IbmVpcMetadataEmulator;
import dev.holdfast.testkit.emulator.ReceivedRequest;
import dev.holdfast.testkit.emulator.Scenario;
import dev.holdfast.testkit.laws.Bench;
import dev.holdfast.testkit.laws.Door;
import dev.holdfast.testkit.laws.Door.Ask;
import dev.holdfast.testkit.laws.Door.Reply;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** IBM's two tokens over sockets: what a refusal renews, what it costs on the wire, and what is told where no token is to be had. */
@Timeout(60)
class IbmCredentialsTest {
    private static final String INSTANCE = "/metadata/v1/instance?version=2025-08-26";
    private static final String TOKEN = "PUT /identity/v1/token?version=2025-08-26";
    private static final String EXCHANGE = "POST /identity/v1/iam_tokens?version=2025-08-26";

    /** Some service behind IAM: the VPC API's list of instances. */
    private static final Service VPC_API = Service.builder("test/vpc-api")
            .baseUrl("https://us-south.iaas.cloud.ibm.com")
            .operation(Operation.named("instances").path("/v1/instances").replay(Replay.SAFE))
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
                .clock(bench.time)
                .random(Randomness.seeded(42))
                .withoutBudget();
    }

    /** Its token calls go through the same door as the calls that need them. */
    private Holdfast metadata(Door door) {
        CachingCredentialSource identity = IbmVpcMetadata.identityTokens(
                        door.sender(bench, here(IbmVpcMetadata.SERVICE).build()))
                .build();
        return here(IbmVpcMetadata.SERVICE).credentials(identity).build();
    }

    private Holdfast api(Door door, UnaryOperator<IamTokens> change) {
        IamTokens tokens = IbmVpcMetadata.iamTokens(door.sender(bench, metadata(door)));
        return here(VPC_API).credentials(change.apply(tokens).build()).build();
    }

    private Reply instance(Door door, Holdfast holdfast) throws Exception {
        return door.call(bench, holdfast, Ask.get(vpc.url() + INSTANCE));
    }

    private Reply instances(Door door, Holdfast holdfast) throws Exception {
        return door.call(bench, holdfast, Ask.get(vpc.url() + "/v1/instances?version=2025-08-26&generation=2"));
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
    void oneTokenServesManyCalls(Door door) throws Exception {
        Holdfast metadata = metadata(door);
        succeeded(instance(door, metadata), 200);
        succeeded(instance(door, metadata), 200);
        assertThat(wire()).containsExactly(TOKEN, "GET " + INSTANCE, "GET " + INSTANCE);
        assertThat(vpc.requests().get(0).headers().first("Metadata-Flavor")).isEqualTo("ibm");
    }

    @ParameterizedTest
    @EnumSource
    void anExpiredTokenIsReplacedBeforeItIsSent(Door door) throws Exception {
        Holdfast metadata = metadata(door);
        succeeded(instance(door, metadata), 200);
        bench.time.jumpWall(Duration.ofMinutes(5));
        succeeded(instance(door, metadata), 200);
        assertThat(vpc.tokenRequestCount()).isEqualTo(2);
        assertThat(vpc.requestCount()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource
    void refusedOnce(Door door) throws Exception {
        Holdfast metadata = metadata(door);
        succeeded(instance(door, metadata), 200);
        vpc.expireTokens();
        succeeded(instance(door, metadata), 401, 200);
        assertThat(wire()).containsExactly(TOKEN, "GET " + INSTANCE, "GET " + INSTANCE, TOKEN, "GET " + INSTANCE);
    }

    @ParameterizedTest
    @EnumSource
    void refusedAgain(Door door) throws Exception {
        vpc.play(Scenario.credentialRefused(Integer.MAX_VALUE));
        Reply reply = instance(door, metadata(door));
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.REFUSED_AGAIN);
        assertThat(reply.outcome().attempts()).extracting(Attempt::status).containsExactly(401, 401);
        assertThat(reply.outcome().table()).contains("401").contains("unauthenticated");
        assertThat(wire()).containsExactly(TOKEN, "GET " + INSTANCE, TOKEN, "GET " + INSTANCE);
    }

    @ParameterizedTest
    @EnumSource
    void theTokenEndpointIsDown(Door door) throws Exception {
        vpc.play(Scenario.unavailable(100).onlyForTokens());
        Reply reply = instance(door, metadata(door));
        assertThat(reply.thrown()).isInstanceOf(CredentialException.class).hasCauseInstanceOf(ServiceException.class);
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.NO_CREDENTIAL);
        assertThat(reply.outcome().attempts()).isEmpty();
        assertThat(wire()).containsExactly(TOKEN, TOKEN, TOKEN, TOKEN, TOKEN);
    }

    @ParameterizedTest
    @EnumSource
    void theTokenEndpointRecovers(Door door) throws Exception {
        Scenario trouble = Scenario.throttle(1)
                .then(Scenario.dropConnection(1))
                .then(Scenario.truncatedBody(1))
                .then(Scenario.unavailable(1));
        vpc.play(trouble.onlyForTokens());
        succeeded(instance(door, metadata(door)), 200);
        assertThat(wire()).containsExactly(TOKEN, TOKEN, TOKEN, TOKEN, TOKEN, "GET " + INSTANCE);
    }

    @ParameterizedTest
    @EnumSource
    void anIdentityIsExchangedForTheServicesBehindIam(Door door) throws Exception {
        Holdfast api = api(door, tokens -> tokens.trustedProfileId(IbmVpcMetadataEmulator.PROFILE_ID));
        succeeded(instances(door, api), 200);
        succeeded(instances(door, api), 200);
        assertThat(wire()).startsWith(TOKEN, EXCHANGE).hasSize(4);
    }

    @ParameterizedTest
    @EnumSource
    void theServicesRefusalRenewsTheTokenOfIamOnly(Door door) throws Exception {
        Holdfast api = api(door, tokens -> tokens.trustedProfileCrn(IbmVpcMetadataEmulator.PROFILE_CRN));
        succeeded(instances(door, api), 200);
        vpc.play(Scenario.credentialRefused(1));
        succeeded(instances(door, api), 401, 200);
        assertThat(wire()).filteredOn(TOKEN::equals).hasSize(1);
        assertThat(wire()).filteredOn(EXCHANGE::equals).hasSize(2);
        assertThat(vpc.requestCount()).isEqualTo(6);
    }

    @ParameterizedTest
    @EnumSource
    void theExchangesRefusalRenewsTheIdentity(Door door) throws Exception {
        Holdfast api = api(door, tokens -> tokens);
        succeeded(instances(door, api), 200);
        vpc.expireTokens();
        succeeded(instances(door, api), 401, 200);
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
                Door.OKHTTP_EXECUTE, api(Door.OKHTTP_EXECUTE, tokens -> tokens.trustedProfileId("Profile-other")));
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.NO_CREDENTIAL);
        assertThat(reply.thrown()).hasStackTraceContaining("profile_not_linked");
        assertThat(wire()).containsExactly(TOKEN, EXCHANGE);
    }

    @Test
    void anEarlierVersionDateTakesTheOldPaths() throws Exception {
        LocalDate old = LocalDate.of(2025, 8, 25);
        Door door = Door.OKHTTP_EXECUTE;
        CachingCredentialSource identity = IbmVpcMetadata.identityTokens(
                        door.sender(bench, here(IbmVpcMetadata.SERVICE).build()))
                .version(old)
                .lifetime(Duration.ofSeconds(5))
                .build();
        Holdfast metadata = here(IbmVpcMetadata.SERVICE).credentials(identity).build();
        CachingCredentialSource iam = IbmVpcMetadata.iamTokens(door.sender(bench, metadata))
                .version(old)
                .build();
        succeeded(instances(door, here(VPC_API).credentials(iam).build()), 200);
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
        Reply reply = instance(Door.OKHTTP_EXECUTE, metadata(Door.OKHTTP_EXECUTE));
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.NO_CREDENTIAL);
        for (Throwable at = reply.thrown(); at != null; at = at.getCause()) {
            assertThat(at.toString()).doesNotContain("PLANTED");
            assertThat(at.getSuppressed())
                    .allSatisfy(one -> assertThat(one.toString()).doesNotContain("PLANTED"));
        }
        assertThat(reply.thrown().getCause().getMessage()).containsAnyOf("usable access_token", "usable token");
    }

    @Test
    void theShorterOfTwoLifetimesIsBelieved() {
        vpc.play(Scenario.answer(
                        200,
                        "{\"access_token\":\"t\",\"created_at\":\"2025-01-01T00:00:00.000Z\",\"expires_at\":\"2025-01-01T00:05:00Z\",\"expires_in\":3600}",
                        1)
                .then(Scenario.answer(200, "{\"access_token\":\"u\",\"expires_in\":\"soon\"}", 1)));
        CachingCredentialSource source = IbmVpcMetadata.identityTokens(
                        Door.JDK_SEND.sender(bench, here(IbmVpcMetadata.SERVICE).build()))
                .lifetime(Duration.ofMinutes(7))
                .build();
        assertThat(source.current().join().lifetime()).isEqualTo(Duration.ofMinutes(5));
        source.invalidate();
        assertThat(source.current().join().lifetime()).isEqualTo(Duration.ofMinutes(7));
    }

    @Test
    void whatMakesNoSenseIsRefusedAtOnce() {
        var bare =
                Door.OKHTTP_EXECUTE.sender(bench, here(IbmVpcMetadata.SERVICE).build());
        var other = Door.OKHTTP_EXECUTE.sender(bench, here(VPC_API).build());
        var tokens = IbmVpcMetadata.identityTokens(bare);
        assertThatThrownBy(() -> IbmVpcMetadata.iamTokens(bare)).hasMessageContaining("has no credentials");
        assertThatThrownBy(() -> IbmVpcMetadata.identityTokens(other)).hasMessageContaining("test/vpc-api");
        assertThatThrownBy(() -> tokens.lifetime(Duration.ofSeconds(4))).hasMessageContaining("PT4S");
        assertThatThrownBy(() -> tokens.lifetime(Duration.ofSeconds(3601))).hasMessageContaining("PT1H1S");
        assertThatThrownBy(() -> tokens.lifetime(Duration.ofMillis(5500))).hasMessageContaining("whole seconds");
        assertThatThrownBy(() -> tokens.version(LocalDate.of(2022, 2, 28))).hasMessageContaining("2022-02-28");
        IamTokens iam = IbmVpcMetadata.iamTokens(Door.OKHTTP_EXECUTE.sender(bench, metadata(Door.OKHTTP_EXECUTE)));
        assertThatThrownBy(() -> iam.trustedProfileCrn("Profile-1")).hasMessageContaining("crn:");
        assertThatThrownBy(() -> iam.trustedProfileId("a\"b")).hasMessageContaining("letters, digits");
    }
}
