package dev.holdfast.emulators.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.credential.CachingCredentialSource;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialFetch;
import dev.holdfast.core.credential.MetadataTokens;
import dev.holdfast.core.credential.Secret;
import dev.holdfast.core.outcome.Attempt;
import dev.holdfast.core.outcome.CredentialException;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.service.ServiceClient;
import dev.holdfast.emulators.huawei.HuaweiIMetalEmulator;
import dev.holdfast.emulators.huawei.HuaweiMetadataEmulator;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Adapter.Reply;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.huawei.HuaweiIMetal;
import dev.holdfast.huawei.HuaweiMetadata;
import dev.holdfast.testkit.SkewedClock;
import dev.holdfast.testkit.emulator.ReceivedRequest;
import dev.holdfast.testkit.emulator.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From a server's metadata token over its agency's temporary key to a signed call of iMetal: what a refusal renews and what it costs on the wire. */
class HuaweiCredentialsTest {
    private static final String INSTANCES = "/v1/" + HuaweiIMetalEmulator.PROJECT_ID + "/instances";
    private static final String TOKEN = "PUT /meta-data/latest/api/token";
    private static final String KEY = "GET /openstack/latest/securitykey";

    @RegisterExtension
    final Bench bench = Bench.skipping();

    private HuaweiMetadataEmulator metadata;
    private HuaweiIMetalEmulator imetal;

    @BeforeEach
    void start() {
        metadata = new HuaweiMetadataEmulator(bench.time).enforcingTokens().start();
        imetal = new HuaweiIMetalEmulator(bench.time).knowing(metadata).start();
    }

    @AfterEach
    void stop() {
        imetal.close();
        metadata.close();
    }

    /** Tokens for the metadata service, with them the key, with it iMetal: each through the same adapter. */
    private Holdfast imetal(Adapter adapter, UnaryOperator<MetadataTokens> change) {
        ServiceClient plain = adapter.serviceClient(bench, metadataService().build());
        CachingCredentialSource tokens =
                change.apply(HuaweiMetadata.tokens(plain)).build();
        ServiceClient withTokens = adapter.serviceClient(
                bench, metadataService().credentials(tokens).build());
        return iMetalService()
                .credentials(HuaweiMetadata.securityKeys(withTokens).build())
                .build();
    }

    private Holdfast imetal(Adapter adapter) {
        return imetal(adapter, tokens -> tokens);
    }

    private Holdfast.Builder metadataService() {
        return bench.here(Holdfast.builder(HuaweiMetadata.SERVICE))
                .endpoint(metadata.url())
                .withoutBudget();
    }

    private Holdfast.Builder iMetalService() {
        return bench.here(Holdfast.builder(HuaweiIMetal.in("cn-east-3")))
                .endpoint(imetal.url())
                .withoutBudget();
    }

    private Reply instances(Adapter adapter, Holdfast holdfast) throws Exception {
        return adapter.call(bench, holdfast, Ask.get(imetal.url() + INSTANCES + "?limit=10&name=a%20b"));
    }

    private List<String> asked() {
        return metadata.requests().stream().map(ReceivedRequest::toString).toList();
    }

    private static void succeeded(Reply reply, Integer... statuses) {
        assertThat(reply.thrown()).isNull();
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.outcome().attempts()).extracting(Attempt::status).containsExactly(statuses);
    }

    @ParameterizedTest
    @EnumSource
    void oneKeySignsManyCalls(Adapter adapter) throws Exception {
        Holdfast holdfast = imetal(adapter);
        succeeded(instances(adapter, holdfast), 200);
        succeeded(instances(adapter, holdfast), 200);
        assertThat(asked()).containsExactly(TOKEN, KEY);
        assertThat(imetal.requestCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void whatHasExpiredIsReplacedBeforeItIsSent(Adapter adapter) throws Exception {
        Holdfast holdfast = imetal(adapter);
        succeeded(instances(adapter, holdfast), 200);
        bench.time.jumpWall(Duration.ofHours(1));
        succeeded(instances(adapter, holdfast), 200);
        assertThat(asked()).containsExactly(TOKEN, KEY, KEY);
        bench.time.jumpWall(Duration.ofHours(6));
        succeeded(instances(adapter, holdfast), 200);
        assertThat(asked()).containsExactly(TOKEN, KEY, KEY, TOKEN, KEY);
        assertThat(imetal.requestCount()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void aKeyThatEndsEarlyIsReplacedOnce(Adapter adapter) throws Exception {
        Holdfast holdfast = imetal(adapter);
        succeeded(instances(adapter, holdfast), 200);
        imetal.play(Scenario.credentialsExpired());
        succeeded(instances(adapter, holdfast), 401, 200);
        assertThat(asked()).containsExactly(TOKEN, KEY, KEY);
    }

    @ParameterizedTest
    @EnumSource
    void aTokenThatEndsEarlyIsReplacedOnTheWayToTheKey(Adapter adapter) throws Exception {
        Holdfast holdfast = imetal(adapter);
        succeeded(instances(adapter, holdfast), 200);
        metadata.expireTokens();
        imetal.play(Scenario.credentialsExpired());
        succeeded(instances(adapter, holdfast), 401, 200);
        assertThat(asked()).containsExactly(TOKEN, KEY, KEY, TOKEN, KEY);
    }

    @ParameterizedTest
    @EnumSource
    void refusedAgain(Adapter adapter) throws Exception {
        Holdfast holdfast = imetal(adapter);
        succeeded(instances(adapter, holdfast), 200);
        metadata.rotateSecurityKeys(Duration.ofMinutes(10));
        imetal.play(Scenario.credentialRefused(Integer.MAX_VALUE));
        Reply reply = instances(adapter, holdfast);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body()).contains("iMetal.0003");
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.REFUSED_AGAIN);
        assertThat(reply.outcome().attempts()).extracting(Attempt::status).containsExactly(401, 401);
        assertThat(imetal.requestCount()).isEqualTo(3);
        assertThat(asked()).containsExactly(TOKEN, KEY, KEY);
    }

    /** Until its last ten minutes the metadata service has no other, and what was refused is not sent again. */
    @ParameterizedTest
    @EnumSource
    void aRefusedKeyThatIsGivenAgainIsNotSentAgain(Adapter adapter) throws Exception {
        imetal.play(Scenario.credentialRefused(1));
        Reply reply = instances(adapter, imetal(adapter));
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.NO_CREDENTIAL);
        assertThat(imetal.requestCount()).isOne();
        assertThat(asked()).containsExactly(TOKEN, KEY, KEY);
    }

    @ParameterizedTest
    @EnumSource
    void withoutTheTokenEndpointNothingIsSent(Adapter adapter) throws Exception {
        metadata.play(Scenario.unavailable(Integer.MAX_VALUE).onlyForTokens());
        Reply reply = instances(adapter, imetal(adapter));
        assertThat(reply.thrown()).isInstanceOf(CredentialException.class).hasStackTraceContaining("503");
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.NO_CREDENTIAL);
        assertThat(asked()).hasSize(5).containsOnly(TOKEN);
        assertThat(imetal.requestCount()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void throttledAndLostOnTheWayItComesThrough(Adapter adapter) throws Exception {
        metadata.play(Scenario.throttle(1).then(Scenario.dropConnection(1)).onlyForTokens());
        imetal.play(Scenario.throttle(1).then(Scenario.dropConnection(1)));
        Reply reply = instances(adapter, imetal(adapter));
        assertThat(reply.status()).as(String.valueOf(reply.outcome())).isEqualTo(200);
        assertThat(asked()).containsExactly(TOKEN, TOKEN, TOKEN, KEY);
        assertThat(imetal.requestCount()).isEqualTo(3);
        List<String> dates = imetal.requests().stream()
                .map(request -> request.headers().first("X-Sdk-Date"))
                .toList();
        // Of whole seconds; the throttled one was followed by a wait of two at least.
        assertThat(dates.get(0)).isNotEqualTo(dates.get(1));
    }

    @ParameterizedTest
    @EnumSource
    void aWrongClockIsMendedByTheServersTime(Adapter adapter) throws Exception {
        try (HuaweiIMetalEmulator ahead = new HuaweiIMetalEmulator(new SkewedClock(bench.time, Duration.ofMinutes(40)))
                .knowing(metadata)
                .start()) {
            Holdfast holdfast =
                    imetal(adapter).toBuilder().endpoint(ahead.url()).build();
            Ask ask = Ask.get(ahead.url() + INSTANCES);
            succeeded(adapter.call(bench, holdfast, ask), 401, 200);
            succeeded(adapter.call(bench, holdfast, ask), 200);
            assertThat(asked()).containsExactly(TOKEN, KEY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whereThereAreNoTokensOnlyAnExplicitSwitchGoesOnWithout(Adapter adapter) throws Exception {
        metadata.close();
        metadata = new HuaweiMetadataEmulator(bench.time).withoutTokens().start();
        imetal.knowing(metadata);
        Reply strict = instances(adapter, imetal(adapter));
        assertThat(strict.thrown()).isInstanceOf(CredentialException.class).hasStackTraceContaining("no V2 tokens");
        assertThat(asked()).containsExactly(TOKEN);
        Holdfast tolerant = imetal(adapter, MetadataTokens::toleratingAbsence);
        succeeded(instances(adapter, tolerant), 200);
        assertThat(asked()).containsExactly(TOKEN, TOKEN, KEY);
        metadata.enforcingTokens();
        imetal.play(Scenario.credentialsExpired());
        assertThat(instances(adapter, tolerant).outcome().reason()).isEqualTo(StopReason.NO_CREDENTIAL);
        assertThat(asked()).containsExactly(TOKEN, TOKEN, KEY, KEY, TOKEN);
    }

    /** What the gateway echoes of a wrong signature holds the security token. */
    @ParameterizedTest
    @EnumSource
    void noKeyIsShown(Adapter adapter) throws Exception {
        Holdfast holdfast = imetal(adapter);
        Credential key = holdfast.credentials().current().get();
        Credential wrong = Credential.accessKey(key.id(), Secret.of("wrong"), key.sessionToken(), null);
        Holdfast tampered = holdfast.toBuilder()
                .credentials(HuaweiIMetal.accessKey("x", Secret.of("x"))
                        .fetch(CredentialFetch.blocking(() -> wrong))
                        .timeSource(bench.time)
                        .build())
                .build();
        Reply reply = instances(adapter, tampered);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body())
                .contains("canonicalRequest")
                .contains(key.sessionToken().value());
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.FAILED);
        assertThat(reply.outcome().toString() + reply.outcome().json() + holdfast.credentials())
                .doesNotContain(key.sessionToken().value())
                .doesNotContain(key.secret().value());
    }
}
