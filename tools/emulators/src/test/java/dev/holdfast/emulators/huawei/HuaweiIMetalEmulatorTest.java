package dev.holdfast.emulators.huawei;

import static dev.holdfast.emulators.PlainClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.Secret;
import dev.holdfast.core.time.VirtualTime;
import dev.holdfast.emulators.PlainClient;
import dev.holdfast.emulators.SignedCall;
import dev.holdfast.huawei.HuaweiIMetal;
import dev.holdfast.testkit.emulator.Scenario;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HuaweiIMetalEmulatorTest {
    private static final String INSTANCES = "/v1/" + HuaweiIMetalEmulator.PROJECT_ID + "/instances";
    private static final Credential KEY = Credential.accessKey(
            HuaweiIMetalEmulator.ACCESS_KEY, Secret.of(HuaweiIMetalEmulator.SECRET_KEY), null, null);

    private final VirtualTime time = VirtualTime.manual();
    private final HuaweiMetadataEmulator metadata = new HuaweiMetadataEmulator(time).start();
    private final HuaweiIMetalEmulator imetal =
            new HuaweiIMetalEmulator(time).knowing(metadata).start();
    private final PlainClient client = new PlainClient(imetal);

    @AfterEach
    void close() {
        imetal.close();
        metadata.close();
        time.shutDown();
    }

    private SignedCall call(String method, String target, String body) {
        return new SignedCall(method, imetal.url().resolve(target), body);
    }

    private HttpResponse<String> signed(Credential credential, Instant now) throws Exception {
        return client.send(call("GET", INSTANCES, "")
                .signed(HuaweiIMetal.signer(), credential, now)
                .request());
    }

    private Credential temporary() throws Exception {
        JsonNode key = json(new PlainClient(metadata)
                        .send(new PlainClient(metadata).bare("/openstack/latest/securitykey")))
                .path("credential");
        return Credential.accessKey(
                key.path("access").asText(),
                Secret.of(key.path("secret").asText()),
                Secret.of(key.path("securitytoken").asText()),
                null);
    }

    private static void isRefused(HttpResponse<String> answer, int status, String code, String message)
            throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).path("error_code").asText()).isEqualTo(code);
        assertThat(json(answer).path("error_msg").asText()).contains(message);
        assertThat(answer.headers().firstValue("X-Request-Id"))
                .hasValue(json(answer).path("request_id").asText());
        assertThat(answer.headers().firstValue("Server")).hasValue("api-gateway");
    }

    @Test
    void takesSignaturesOfPermanentAndTemporaryKeys() throws Exception {
        assertThat(signed(KEY, time.now()).statusCode()).isEqualTo(200);
        Credential temporary = temporary();
        assertThat(signed(temporary, time.now()).statusCode()).isEqualTo(200);
        time.advance(Duration.ofHours(1));
        isRefused(signed(temporary, time.now()), 401, "APIGW.0301", "Get secretKey failed");
        assertThat(imetal.requestCount()).isEqualTo(3);
        assertThat(imetal.tokenRequestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?limit=10&name=a%20b%2Bc&marker=",
                "?b=2&a=%C3%BC%E6%BC%A2%F0%9F%98%80&*=~",
                "?name=a+b&x=1*2&y=(z)!'",
                "/%E6%BC%A2%20x%2Fy/a*b?q"
            })
    void takesWhateverIsEncoded(String rest) throws Exception {
        HttpResponse<String> answer = client.send(call("GET", INSTANCES + rest, "")
                .with("X-Project-Id", HuaweiIMetalEmulator.PROJECT_ID)
                .signed(HuaweiIMetal.signer(), KEY, time.now())
                .request());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(rest.startsWith("?") ? 200 : 404);
    }

    @Test
    void whatIsChangedAfterSigningIsRefused() throws Exception {
        SignedCall order = call("POST", INSTANCES, "{\"name\":\"a\"}")
                .with("X-Domain-Id", "d")
                .signed(HuaweiIMetal.signer(), KEY, time.now());
        URI url = imetal.url().resolve(INSTANCES);
        assertThat(client.send(order.request()).statusCode()).isEqualTo(202);
        String wrong = "verify aksk signature fail";
        isRefused(client.send(order.request(url, "{\"name\":\"b\"}")), 401, "APIGW.0301", wrong);
        isRefused(client.send(order.request(URI.create(url + "?x=1"), "{\"name\":\"a\"}")), 401, "APIGW.0301", wrong);
        isRefused(client.send(order.with("X-Domain-Id", "e").request()), 401, "APIGW.0301", wrong);
    }

    @Test
    void unsignedKeysAndTokensOfOthersAreRefused() throws Exception {
        isRefused(client.send(client.bare(INSTANCES)), 401, "APIGW.0301", "x-auth-token not found");
        isRefused(
                signed(Credential.accessKey("NOBODY", Secret.of("x"), null, null), time.now()),
                401,
                "APIGW.0301",
                ": ak NOBODY not exist");
        isRefused(
                signed(Credential.accessKey(KEY.id(), KEY.secret(), Secret.of("token"), null), time.now()),
                401,
                "APIGW.0301",
                "decrypt token fail");
        isRefused(
                client.send(client.bare(INSTANCES).header("X-Auth-Token", "forged")),
                401,
                "APIGW.0301",
                "decrypt token fail");
    }

    @Test
    void aDateMayBeFifteenMinutesOff() throws Exception {
        assertThat(signed(KEY, time.now().plus(Duration.ofMinutes(15))).statusCode())
                .isEqualTo(200);
        assertThat(signed(KEY, time.now().minus(Duration.ofMinutes(15))).statusCode())
                .isEqualTo(200);
        Instant early = time.now().minus(Duration.ofMinutes(15)).minusSeconds(1);
        HttpResponse<String> answer = signed(KEY, early);
        isRefused(answer, 401, "APIGW.0301", "signature expired, signature time:");
        assertThat(json(answer).path("error_msg").asText()).contains(",server time:");
        assertThat(answer.headers().firstValue("Date")).isPresent();
    }

    @Test
    void sixRefusalsInARowLockAKeyForFiveMinutes() throws Exception {
        Credential wrong = Credential.accessKey(KEY.id(), Secret.of("wrong"), null, null);
        for (int i = 0; i < 6; i++) {
            isRefused(signed(wrong, time.now()), 401, "APIGW.0301", "verify aksk signature fail");
        }
        isRefused(signed(KEY, time.now()), 401, "APIGW.0301", "AK access failed to reach the limit");
        time.advance(Duration.ofSeconds(299));
        isRefused(signed(KEY, time.now()), 401, "APIGW.0301", "reach the limit");
        time.advance(Duration.ofSeconds(1));
        assertThat(signed(KEY, time.now()).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> login(String password) throws Exception {
        String body = "{\"auth\":{\"identity\":{\"methods\":[\"password\"],\"password\":{\"user\":{\"name\":\""
                + HuaweiIMetalEmulator.USER + "\",\"password\":\"" + password + "\",\"domain\":{\"name\":\""
                + HuaweiIMetalEmulator.DOMAIN + "\"}}}}}}";
        return client.send(client.bare("/v3/auth/tokens").POST(BodyPublishers.ofString(body)));
    }

    @Test
    void aLoginGivesATokenForADay() throws Exception {
        HttpResponse<String> answer = login(HuaweiIMetalEmulator.PASSWORD);
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(Instant.parse(json(answer).at("/token/expires_at").asText()))
                .isEqualTo(time.now().plus(Duration.ofDays(1)));
        String token = answer.headers().firstValue("X-Subject-Token").orElseThrow();
        assertThat(client.send(client.bare(INSTANCES).header("X-Auth-Token", token))
                        .statusCode())
                .isEqualTo(200);
        time.advance(Duration.ofDays(1));
        isRefused(
                client.send(client.bare(INSTANCES).header("X-Auth-Token", token)),
                401,
                "APIGW.0307",
                "The token must be updated");
        assertThat(json(login("wrong")).at("/error/code").asInt()).isEqualTo(401);
        assertThat(imetal.tokenRequestCount()).isEqualTo(2);
    }

    @Test
    void twoHundredCallsASecond() throws Exception {
        for (int i = 0; i < 200; i++) {
            assertThat(signed(KEY, time.now()).statusCode()).isEqualTo(200);
        }
        isRefused(signed(KEY, time.now()), 429, "APIGW.0308", "over ratelimit,limit:200,time:1 second");
        time.advance(Duration.ofSeconds(1));
        assertThat(signed(KEY, time.now()).statusCode()).isEqualTo(200);
    }

    @Test
    void playsScenarios() throws Exception {
        Credential old = temporary();
        imetal.play(Scenario.throttle(1)
                .then(Scenario.unavailable(1))
                .then(Scenario.notFoundYet(1))
                .then(Scenario.credentialRefused(1))
                .then(Scenario.keyRotation(Duration.ofSeconds(30))));
        isRefused(signed(old, time.now()), 429, "APIGW.0308", "over ratelimit");
        isRefused(signed(old, time.now()), 503, "APIGW.0613", "IAM");
        isRefused(signed(old, time.now()), 400, "iMetal.0101", "not ready");
        isRefused(signed(old, time.now()), 401, "iMetal.0003", "Unauthorized");
        assertThat(signed(old, time.now()).statusCode()).isEqualTo(200);
        Credential fresh = temporary();
        time.advance(Duration.ofSeconds(30));
        isRefused(signed(old, time.now()), 401, "APIGW.0301", "Get secretKey failed");
        assertThat(signed(fresh, time.now()).statusCode()).isEqualTo(200);
        imetal.play(Scenario.credentialsExpired());
        isRefused(signed(fresh, time.now()), 401, "APIGW.0301", "Get secretKey failed");
        assertThat(signed(temporary(), time.now()).statusCode()).isEqualTo(200);
    }
}
