package dev.holdfast.emulators.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.alibaba.AlibabaMetadata;
import dev.holdfast.alibaba.AlibabaSlb;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.credential.CachingCredentialSource;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialFetch;
import dev.holdfast.core.credential.CredentialSource;
import dev.holdfast.core.credential.Secret;
import dev.holdfast.core.outcome.Attempt;
import dev.holdfast.core.outcome.CredentialException;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.service.ServiceClient;
import dev.holdfast.emulators.alibaba.AlibabaMetadataEmulator;
import dev.holdfast.emulators.alibaba.AlibabaSlbEmulator;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Adapter.Reply;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.testkit.SkewedClock;
import dev.holdfast.testkit.emulator.ReceivedRequest;
import dev.holdfast.testkit.emulator.Scenario;
import java.time.Duration;
import java.util.List;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From a hardened instance's token over its role's credentials to a signed call of SLB: what a refusal renews and what it costs on the wire. */
class AlibabaCredentialsTest {
    private static final String TOKEN = "PUT /latest/api/token";
    private static final String ROLES = "GET /latest/meta-data/ram/security-credentials/";
    private static final String ROLE = ROLES + AlibabaMetadataEmulator.ROLE;

    @RegisterExtension
    final Bench bench = Bench.skipping();

    private AlibabaMetadataEmulator metadata;
    private AlibabaSlbEmulator slb;

    @BeforeEach
    void start() {
        metadata = new AlibabaMetadataEmulator(bench.time).hardened().start();
        slb = new AlibabaSlbEmulator(bench.time).knowing(metadata).start();
    }

    @AfterEach
    void stop() {
        slb.close();
        metadata.close();
    }

    private Holdfast.Builder metadataService() {
        return bench.here(Holdfast.builder(AlibabaMetadata.SERVICE))
                .endpoint(metadata.url())
                .withoutBudget();
    }

    private Holdfast.Builder slbService() {
        return bench.here(Holdfast.builder(AlibabaSlb.SERVICE))
                .endpoint(slb.url())
                .withoutBudget();
    }

    /** Tokens for the metadata service, with them the role's credentials, with those SLB: each through the same adapter. */
    private Holdfast slb(Adapter adapter) {
        ServiceClient plain = adapter.serviceClient(bench, metadataService().build());
        CachingCredentialSource tokens = AlibabaMetadata.tokens(plain).build();
        ServiceClient withTokens = adapter.serviceClient(
                bench, metadataService().credentials(tokens).build());
        return slbService()
                .credentials(AlibabaMetadata.roleCredentials(withTokens).build())
                .build();
    }

    private Reply act(Adapter adapter, Holdfast holdfast, String action, String parameters) throws Exception {
        Headers headers = Headers.of("x-acs-action", action, "x-acs-version", "2014-05-15");
        return adapter.call(
                bench, holdfast, new Ask("POST", slb.url() + "/?RegionId=cn-hangzhou" + parameters, headers));
    }

    private Reply regions(Adapter adapter, Holdfast holdfast) throws Exception {
        return act(adapter, holdfast, "DescribeRegions", "&Name=a%20b%2Bc");
    }

    private List<String> asked() {
        return metadata.requests().stream().map(ReceivedRequest::toString).toList();
    }

    private List<String> sent(String header) {
        return slb.requests().stream()
                .map(request -> request.headers().first(header))
                .toList();
    }

    private static void succeeded(Reply reply, Integer... statuses) {
        assertThat(reply.thrown()).isNull();
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.outcome().attempts()).extracting(Attempt::status).containsExactly(statuses);
    }

    @ParameterizedTest
    @EnumSource
    void oneSetOfCredentialsSignsManyCalls(Adapter adapter) throws Exception {
        Holdfast holdfast = slb(adapter);
        succeeded(regions(adapter, holdfast), 200);
        succeeded(regions(adapter, holdfast), 200);
        assertThat(asked()).containsExactly(TOKEN, ROLES, ROLE);
        assertThat(slb.requestCount()).isEqualTo(2);
        assertThat(sent("x-acs-signature-nonce")).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void whatHasExpiredIsReplacedBeforeItIsSent(Adapter adapter) throws Exception {
        Holdfast holdfast = slb(adapter);
        succeeded(regions(adapter, holdfast), 200);
        bench.time.jumpWall(Duration.ofHours(6));
        succeeded(regions(adapter, holdfast), 200);
        assertThat(asked()).containsExactly(TOKEN, ROLES, ROLE, TOKEN, ROLES, ROLE);
        assertThat(slb.requestCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void credentialsThatEndEarlyAreReplacedOnce(Adapter adapter) throws Exception {
        Holdfast holdfast = slb(adapter);
        succeeded(regions(adapter, holdfast), 200);
        slb.play(Scenario.credentialsExpired());
        Reply reply = regions(adapter, holdfast);
        succeeded(reply, 400, 200);
        assertThat(reply.outcome().attempts().get(0).decision().rule()).endsWith("invalid-security-token-expired");
        assertThat(asked()).containsExactly(TOKEN, ROLES, ROLE, ROLES, ROLE);
    }

    @ParameterizedTest
    @EnumSource
    void aTokenThatEndsEarlyIsReplacedOnTheWayToTheCredentials(Adapter adapter) throws Exception {
        Holdfast holdfast = slb(adapter);
        succeeded(regions(adapter, holdfast), 200);
        metadata.expireTokens();
        slb.play(Scenario.credentialsExpired());
        succeeded(regions(adapter, holdfast), 400, 200);
        assertThat(asked()).containsExactly(TOKEN, ROLES, ROLE, ROLES, TOKEN, ROLES, ROLE);
    }

    @ParameterizedTest
    @EnumSource
    void rotationWithOverlapIsNoticedByNobody(Adapter adapter) throws Exception {
        Holdfast holdfast = slb(adapter);
        succeeded(regions(adapter, holdfast), 200);
        metadata.rotateRoleCredentials(Duration.ofMinutes(10));
        succeeded(regions(adapter, holdfast), 200);
        assertThat(asked()).containsExactly(TOKEN, ROLES, ROLE);
    }

    @ParameterizedTest
    @EnumSource
    void refusedAgain(Adapter adapter) throws Exception {
        Holdfast holdfast = slb(adapter);
        succeeded(regions(adapter, holdfast), 200);
        metadata.rotateRoleCredentials(Duration.ofMinutes(10));
        slb.play(Scenario.credentialRefused(Integer.MAX_VALUE));
        Reply reply = regions(adapter, holdfast);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains("InvalidSecurityToken.Expired");
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.REFUSED_AGAIN);
        assertThat(reply.outcome().attempts()).extracting(Attempt::status).containsExactly(400, 400);
        assertThat(slb.requestCount()).isEqualTo(3);
        assertThat(asked()).containsExactly(TOKEN, ROLES, ROLE, ROLES, ROLE);
    }

    @ParameterizedTest
    @EnumSource
    void withoutTheTokenEndpointNothingIsSent(Adapter adapter) throws Exception {
        metadata.play(Scenario.unavailable(Integer.MAX_VALUE).onlyForTokens());
        Reply reply = regions(adapter, slb(adapter));
        assertThat(reply.thrown()).isInstanceOf(CredentialException.class).hasStackTraceContaining("503");
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.NO_CREDENTIAL);
        assertThat(asked()).hasSize(4).containsOnly(TOKEN);
        assertThat(slb.requestCount()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void withoutARoleNothingIsSentAndTheAdviceSaysSo(Adapter adapter) throws Exception {
        metadata.withoutRole();
        Reply reply = regions(adapter, slb(adapter));
        assertThat(reply.thrown()).isInstanceOf(CredentialException.class).hasStackTraceContaining("No RAM role");
        assertThat(asked()).containsExactly(TOKEN, ROLES);
        assertThat(slb.requestCount()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void throttledAndLostOnTheWayItComesThrough(Adapter adapter) throws Exception {
        metadata.play(Scenario.throttle(1).then(Scenario.dropConnection(1)).onlyForTokens());
        slb.play(Scenario.throttle(1).then(Scenario.dropConnection(1)));
        Reply reply = act(adapter, slb(adapter), "CreateLoadBalancer", "&ClientToken=one-and-the-same");
        assertThat(reply.status()).as(String.valueOf(reply.outcome())).isEqualTo(200);
        assertThat(asked()).containsExactly(TOKEN, TOKEN, TOKEN, ROLES, ROLE);
        assertThat(slb.requestCount()).isEqualTo(3);
        assertThat(slb.created()).isOne();
        assertThat(sent("x-acs-signature-nonce")).doesNotHaveDuplicates();
        assertThat(sent("Authorization")).doesNotHaveDuplicates();
        assertThat(slb.requests())
                .extracting(ReceivedRequest::target)
                .containsOnly("/?RegionId=cn-hangzhou&ClientToken=one-and-the-same");
    }

    @ParameterizedTest
    @EnumSource
    void aWrongClockIsMendedByTheServersTime(Adapter adapter) throws Exception {
        Holdfast holdfast = slb(adapter);
        slb.close();
        slb = new AlibabaSlbEmulator(new SkewedClock(bench.time, Duration.ofMinutes(-40)))
                .knowing(metadata)
                .start();
        Holdfast behind = holdfast.toBuilder().endpoint(slb.url()).build();
        Reply reply = regions(adapter, behind);
        succeeded(reply, 400, 200);
        assertThat(reply.outcome().attempts().get(0).decision().rule()).endsWith("invalid-time-stamp-expired");
        succeeded(regions(adapter, behind), 200);
        assertThat(asked()).containsExactly(TOKEN, ROLES, ROLE);
    }

    @ParameterizedTest
    @EnumSource
    void aPermanentKeySignsAndIsNotRenewed(Adapter adapter) throws Exception {
        CachingCredentialSource key = AlibabaSlb.accessKey(
                        AlibabaSlbEmulator.ACCESS_KEY_ID, Secret.of(AlibabaSlbEmulator.ACCESS_KEY_SECRET))
                .timeSource(bench.time)
                .build();
        Holdfast holdfast = slbService().credentials(key).build();
        succeeded(regions(adapter, holdfast), 200);
        slb.play(Scenario.credentialRefused(1));
        assertThat(regions(adapter, holdfast).outcome().reason()).isEqualTo(StopReason.NO_CREDENTIAL);
        assertThat(slb.requestCount()).isEqualTo(2);
    }

    /** The metadata service's own answers, asked by the caller with the tokens as they are. */
    @ParameterizedTest
    @EnumSource
    void aRefusedMetadataTokenIsReplacedOnce(Adapter adapter) throws Exception {
        Holdfast holdfast = metadataService()
                .credentials(AlibabaMetadata.tokens(
                                adapter.serviceClient(bench, metadataService().build()))
                        .build())
                .build();
        Ask id = Ask.get(metadata.url() + "/latest/meta-data/instance-id");
        succeeded(adapter.call(bench, holdfast, id), 200);
        metadata.expireTokens();
        succeeded(adapter.call(bench, holdfast, id), 401, 200);
        metadata.disabled();
        // Past the second in which a source asks for no other after a replacement.
        bench.time.jumpWall(Duration.ofSeconds(2));
        Reply closed = adapter.call(bench, holdfast, id);
        assertThat(closed.status()).isEqualTo(403);
        assertThat(closed.outcome().reason()).isEqualTo(StopReason.NO_CREDENTIAL);
        assertThat(metadata.tokenRequestCount()).isEqualTo(3);
    }

    /** What the gateway echoes of a wrong signature holds the security token. */
    @ParameterizedTest
    @EnumSource
    void noCredentialIsShown(Adapter adapter) throws Exception {
        Holdfast holdfast = slb(adapter);
        CredentialSource source = holdfast.credentials();
        Credential keys = source.current().get();
        Credential wrong = Credential.accessKey(keys.id(), Secret.of("wrong"), keys.sessionToken(), null);
        Holdfast tampered = holdfast.toBuilder()
                .credentials(AlibabaSlb.accessKey("x", Secret.of("x"))
                        .fetch(CredentialFetch.blocking(() -> wrong))
                        .timeSource(bench.time)
                        .build())
                .build();
        Reply reply = regions(adapter, tampered);
        assertThat(reply.body())
                .contains("SignatureDoesNotMatch")
                .contains(keys.sessionToken().value());
        assertThat(reply.outcome().toString() + reply.outcome().json() + source)
                .doesNotContain(keys.sessionToken().value())
                .doesNotContain(keys.secret().value());
    }
}
