package dev.holdfast.emulators.alibaba;

import static dev.holdfast.emulators.PlainClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.alibaba.AlibabaSlb;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.Secret;
import dev.holdfast.core.time.VirtualTime;
import dev.holdfast.emulators.PlainClient;
import dev.holdfast.emulators.SignedCall;
import dev.holdfast.testkit.emulator.Scenario;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlibabaSlbEmulatorTest {
    private static final Credential KEY = Credential.accessKey(
            AlibabaSlbEmulator.ACCESS_KEY_ID, Secret.of(AlibabaSlbEmulator.ACCESS_KEY_SECRET), null, null);

    private final VirtualTime time = VirtualTime.manual();
    private final AlibabaMetadataEmulator metadata = new AlibabaMetadataEmulator(time).start();
    private final AlibabaSlbEmulator slb =
            new AlibabaSlbEmulator(time).knowing(metadata).start();
    private final PlainClient client = new PlainClient(slb);

    @AfterEach
    void close() {
        slb.close();
        metadata.close();
        time.shutDown();
    }

    private SignedCall call(String action, String target, String body) {
        return new SignedCall(body.isEmpty() ? "GET" : "POST", slb.url().resolve(target), body)
                .with("x-acs-action", action)
                .with("x-acs-version", "2014-05-15");
    }

    private HttpResponse<String> regions(Credential credential, Instant now) throws Exception {
        return client.send(call("DescribeRegions", "/?RegionId=cn-hangzhou", "")
                .signed(AlibabaSlb.signer(), credential, now)
                .request());
    }

    private Credential temporary() throws Exception {
        PlainClient there = new PlainClient(metadata);
        JsonNode key = json(
                there.send(there.bare("/latest/meta-data/ram/security-credentials/" + AlibabaMetadataEmulator.ROLE)));
        return Credential.accessKey(
                key.path("AccessKeyId").asText(),
                Secret.of(key.path("AccessKeySecret").asText()),
                Secret.of(key.path("SecurityToken").asText()),
                null);
    }

    private static void isRefused(HttpResponse<String> answer, int status, String code) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).path("Code").asText()).isEqualTo(code);
        assertThat(answer.headers().firstValue("x-acs-request-id"))
                .hasValue(json(answer).path("RequestId").asText());
    }

    @Test
    void takesSignaturesOfPermanentAndTemporaryKeys() throws Exception {
        assertThat(json(regions(KEY, time.now()))
                        .at("/Regions/Region/0/RegionId")
                        .asText())
                .isEqualTo("cn-hangzhou");
        Credential temporary = temporary();
        assertThat(regions(temporary, time.now()).statusCode()).isEqualTo(200);
        time.advance(Duration.ofHours(6));
        isRefused(regions(temporary, time.now()), 400, "InvalidSecurityToken.Expired");
        assertThat(slb.requestCount()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/?Name=a%20b%2Bc&Marker=", "?b=2&a=%C3%BC%E6%BC%A2%F0%9F%98%80&*=~", "/?Name=a+b&x=1*2&y=(z)!'"
            })
    void takesWhateverIsEncoded(String target) throws Exception {
        HttpResponse<String> answer = client.send(call("DescribeRegions", target, "")
                .signed(AlibabaSlb.signer(), KEY, time.now())
                .request());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void whatIsChangedAfterSigningIsRefused() throws Exception {
        SignedCall call = call("DescribeRegions", "/?RegionId=cn-hangzhou", "a=1")
                .with("Content-Type", "application/x-www-form-urlencoded")
                .signed(AlibabaSlb.signer(), KEY, time.now());
        URI url = slb.url().resolve("/?RegionId=cn-hangzhou");
        isRefused(client.send(call.request(url, "a=2")), 400, "SignatureDoesNotMatch");
        isRefused(client.send(call.request(URI.create(url + "&x=1"), "a=1")), 400, "SignatureDoesNotMatch");
        isRefused(client.send(call.with("x-acs-extra", "1").request()), 400, "SignatureDoesNotMatch");
        isRefused(
                regions(Credential.accessKey(KEY.id(), Secret.of("wrong"), null, null), time.now()),
                400,
                "SignatureDoesNotMatch");
    }

    @Test
    void whatIsNotSignedOrNotWholeIsRefused() throws Exception {
        isRefused(client.send(call("DescribeRegions", "/", "").request()), 400, "IncompleteSignature");
        isRefused(
                regions(Credential.accessKey("LTAInobody", Secret.of("x"), null, null), time.now()),
                404,
                "InvalidAccessKeyId.NotFound");
        Credential temporary = temporary();
        isRefused(
                regions(Credential.accessKey(temporary.id(), temporary.secret(), null, null), time.now()),
                400,
                "MissingSecurityToken");
        isRefused(
                regions(Credential.accessKey(temporary.id(), temporary.secret(), Secret.of("other"), null), time.now()),
                400,
                "InvalidSecurityToken.MismatchWithAccessKey");
        isRefused(
                client.send(call("DropEverything", "/", "")
                        .signed(AlibabaSlb.signer(), KEY, time.now())
                        .request()),
                404,
                "InvalidAction.NotFound");
    }

    @Test
    void aNonceIsGoodOnce() throws Exception {
        SignedCall call = call("DescribeRegions", "/", "").signed(AlibabaSlb.signer(), KEY, time.now());
        assertThat(client.send(call.request()).statusCode()).isEqualTo(200);
        isRefused(client.send(call.request()), 400, "SignatureNonceUsed");
        assertThat(client.send(call.signed(AlibabaSlb.signer(), KEY, time.now()).request())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aDateMayBeFifteenMinutesOff() throws Exception {
        assertThat(regions(KEY, time.now().plus(Duration.ofMinutes(15))).statusCode())
                .isEqualTo(200);
        HttpResponse<String> late =
                regions(KEY, time.now().minus(Duration.ofMinutes(15)).minusSeconds(1));
        isRefused(late, 400, "InvalidTimeStamp.Expired");
        assertThat(late.headers().firstValue("Date")).isPresent();
        isRefused(
                client.send(call("DescribeRegions", "/", "")
                        .signed(AlibabaSlb.signer(), KEY, time.now())
                        .with("x-acs-date", "20261121T000000Z")
                        .request()),
                400,
                "InvalidTimeStamp.Format");
    }

    @Test
    void aClientTokenMakesOneLoadBalancer() throws Exception {
        String[] ids = new String[2];
        for (int i = 0; i < 2; i++) {
            ids[i] = json(client.send(call("CreateLoadBalancer", "/?RegionId=cn-hangzhou&ClientToken=abc", "")
                            .signed(AlibabaSlb.signer(), KEY, time.now())
                            .request()))
                    .path("LoadBalancerId")
                    .asText();
        }
        assertThat(ids[0]).startsWith("lb-").isEqualTo(ids[1]);
        assertThat(slb.created()).isOne();
    }

    @Test
    void playsScenarios() throws Exception {
        slb.play(Scenario.throttle(1).then(Scenario.unavailable(1)).then(Scenario.updating(Duration.ofSeconds(5))));
        isRefused(regions(KEY, time.now()), 400, "Throttling.User");
        isRefused(regions(KEY, time.now()), 503, "ServiceUnavailable");
        isRefused(regions(KEY, time.now()), 503, "ServiceUnavailable.RegionMaintaining");
        time.advance(Duration.ofSeconds(5));
        Credential old = temporary();
        slb.play(Scenario.keyRotation(Duration.ofSeconds(30)));
        assertThat(regions(old, time.now()).statusCode()).isEqualTo(200);
        Credential fresh = temporary();
        time.advance(Duration.ofSeconds(30));
        isRefused(regions(old, time.now()), 400, "InvalidSecurityToken.Expired");
        slb.play(Scenario.credentialsExpired());
        isRefused(regions(fresh, time.now()), 400, "InvalidSecurityToken.Expired");
        slb.play(Scenario.credentialRefused(1));
        isRefused(regions(KEY, time.now()), 404, "InvalidAccessKeyId.NotFound");
    }
}
