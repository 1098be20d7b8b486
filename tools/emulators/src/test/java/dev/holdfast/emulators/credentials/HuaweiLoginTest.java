package dev.holdfast.emulators.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.credential.CachingCredentialSource;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialFetch;
import dev.holdfast.core.credential.CredentialSource;
import dev.holdfast.core.credential.Secret;
import dev.holdfast.core.outcome.Attempt;
import dev.holdfast.core.outcome.CredentialException;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.emulators.huawei.HuaweiIMetalEmulator;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Adapter.Reply;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.huawei.HuaweiIMetal;
import dev.holdfast.testkit.emulator.Scenario;
import java.io.IOException;
import java.time.Duration;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** IAM tokens from a caller's own login, and permanent keys, which the gateway locks after six refusals. */
class HuaweiLoginTest {
    private static final String INSTANCES = "/v1/" + HuaweiIMetalEmulator.PROJECT_ID + "/instances";

    @RegisterExtension
    final Bench bench = Bench.skipping();

    private HuaweiIMetalEmulator imetal;

    @BeforeEach
    void start() {
        imetal = new HuaweiIMetalEmulator(bench.time).start();
    }

    @AfterEach
    void stop() {
        imetal.close();
    }

    private Holdfast with(CredentialSource source) {
        return bench.here(Holdfast.builder(HuaweiIMetal.in("cn-east-3")))
                .endpoint(imetal.url())
                .credentials(source)
                .withoutBudget()
                .build();
    }

    private CachingCredentialSource login(String password) {
        return HuaweiIMetal.tokens(CredentialFetch.blocking(() -> token(password)))
                .timeSource(bench.time)
                .build();
    }

    private CachingCredentialSource key(String secret) {
        return HuaweiIMetal.accessKey(HuaweiIMetalEmulator.ACCESS_KEY, Secret.of(secret))
                .timeSource(bench.time)
                .build();
    }

    private Credential token(String password) throws IOException {
        String body = "{\"auth\":{\"identity\":{\"methods\":[\"password\"],\"password\":{\"user\":{\"name\":\""
                + HuaweiIMetalEmulator.USER + "\",\"password\":\"" + password + "\",\"domain\":{\"name\":\""
                + HuaweiIMetalEmulator.DOMAIN + "\"}}}}}}";
        Request request = new Request.Builder()
                .url(imetal.url() + "/v3/auth/tokens")
                .post(RequestBody.create(body, MediaType.get("application/json")))
                .build();
        try (Response response = bench.client.newCall(request).execute()) {
            String token = response.header("X-Subject-Token");
            if (token == null) {
                throw new CredentialException("the login was refused with " + response.code(), null);
            }
            return Credential.token(Secret.token(token), Duration.ofHours(24));
        }
    }

    private Reply instances(Adapter adapter, Holdfast holdfast) throws Exception {
        return adapter.call(bench, holdfast, Ask.get(imetal.url() + INSTANCES));
    }

    @ParameterizedTest
    @EnumSource
    void aTokenThatMustBeUpdatedIs(Adapter adapter) throws Exception {
        Holdfast holdfast = with(login(HuaweiIMetalEmulator.PASSWORD));
        assertThat(instances(adapter, holdfast).status()).isEqualTo(200);
        assertThat(instances(adapter, holdfast).status()).isEqualTo(200);
        imetal.play(Scenario.credentialsExpired());
        Reply reply = instances(adapter, holdfast);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.outcome().attempts()).extracting(Attempt::status).containsExactly(401, 200);
        assertThat(reply.outcome().attempts().get(0).decision().rule()).endsWith("gw-0307-token-must-be-updated");
        assertThat(imetal.tokenRequestCount()).isEqualTo(2);
        assertThat(imetal.requestCount()).isEqualTo(6);
    }

    @ParameterizedTest
    @EnumSource
    void revokedForGoodItFailsAtTheSecondRefusal(Adapter adapter) throws Exception {
        imetal.play(Scenario.credentialRefused(Integer.MAX_VALUE));
        Reply reply = instances(adapter, with(login(HuaweiIMetalEmulator.PASSWORD)));
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.REFUSED_AGAIN);
        assertThat(reply.outcome().attempts()).hasSize(2);
        assertThat(imetal.tokenRequestCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void aWrongLoginIsNoLoop(Adapter adapter) throws Exception {
        Holdfast holdfast = with(login("wrong"));
        assertThat(instances(adapter, holdfast).thrown())
                .isInstanceOf(CredentialException.class)
                .hasStackTraceContaining("refused with 401");
        assertThat(instances(adapter, holdfast).outcome().reason()).isEqualTo(StopReason.NO_CREDENTIAL);
        assertThat(imetal.requestCount()).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void aPermanentKeySignsAndIsNotRenewed(Adapter adapter) throws Exception {
        Holdfast holdfast = with(key(HuaweiIMetalEmulator.SECRET_KEY));
        assertThat(instances(adapter, holdfast).status()).isEqualTo(200);
        imetal.play(Scenario.credentialRefused(1));
        assertThat(instances(adapter, holdfast).outcome().reason()).isEqualTo(StopReason.NO_CREDENTIAL);
        assertThat(imetal.requestCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void aLockedKeyRestsForFiveMinutes(Adapter adapter) throws Exception {
        Holdfast wrong = with(key("wrong"));
        for (int i = 0; i < 6; i++) {
            Reply refused = instances(adapter, wrong);
            assertThat(refused.outcome().reason()).isEqualTo(StopReason.FAILED);
            assertThat(refused.outcome().attempts()).hasSize(1);
        }
        Holdfast right = with(key(HuaweiIMetalEmulator.SECRET_KEY));
        Reply locked = instances(adapter, right);
        assertThat(locked.status()).isEqualTo(401);
        assertThat(locked.body()).contains("reach the limit");
        assertThat(imetal.requestCount()).isEqualTo(7);
        bench.time.jumpWall(Duration.ofSeconds(299));
        Reply resting = instances(adapter, right);
        assertThat(resting.thrown()).isInstanceOf(CredentialException.class).hasStackTraceContaining("locked");
        assertThat(resting.outcome().reason()).isEqualTo(StopReason.NO_CREDENTIAL);
        assertThat(imetal.requestCount()).isEqualTo(7);
        bench.time.jumpWall(Duration.ofSeconds(1));
        assertThat(instances(adapter, right).status()).isEqualTo(200);
        assertThat(imetal.requestCount()).isEqualTo(8);
    }
}
