package dev.holdfast.alibaba;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.openapiutil.Client;
import com.aliyun.tea.TeaRequest;
import dev.holdfast.core.credential.AccessKeySignature;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.Secret;
import dev.holdfast.testkit.signing.AttemptView;
import dev.holdfast.testkit.signing.RandomRequests;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class Acs3HmacSha256Test {
    private static final Instant NOW = Instant.parse("2026-11-21T01:02:03.987Z");
    private static final String DATE = "2026-11-21T01:02:03Z";
    private static final int REQUESTS = 300;
    private static final Credential KEY =
            Credential.accessKey("LTAI5tExample", Secret.of("a secret/key+of=any chars"), null, null);

    @Test
    void equalsTheVendorsSdkByteForByte() throws Exception {
        RandomRequests random = new RandomRequests();
        System.out.println(getClass().getSimpleName() + ": " + random);
        for (int i = 0; i < REQUESTS; i++) {
            String method = random.below(2) == 0 ? "GET" : "POST";
            String body = method.equals("GET") ? "" : random.text(20);
            Map<String, String> parameters = random.parameters();
            parameters.put("ClientToken", random.word());
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("x-acs-action", "Describe" + random.word());
            headers.put("X-Acs-Version", "2014-05-15");
            headers.put("Accept", "application/json");
            headers.put("User-Agent", random.word());
            if (!body.isEmpty()) {
                headers.put("Content-Type", "application/x-www-form-urlencoded");
            }
            for (int more = random.below(4); more > 0; more--) {
                headers.put("x-acs-" + random.word(), random.word() + " " + random.word());
            }
            String token = random.below(2) == 0 ? null : random.word() + "/+=" + random.word();
            Credential credential = Credential.accessKey(
                    "STS." + random.word(),
                    Secret.of(random.word() + random.text(5)),
                    token == null ? null : Secret.of(token),
                    null);
            String host = "slb.aliyuncs.com" + (random.below(3) == 0 ? ":8443" : "");
            String nonce = random.word();
            String path = random.below(4) == 0 ? "" : "/";
            String query = parameters.entrySet().stream()
                    .map(each -> random.sent(each.getKey()) + "=" + random.sent(each.getValue()))
                    .collect(Collectors.joining("&"));
            URI url = URI.create("https://" + host + path + "?" + query);

            AttemptView ours = new AttemptView(method, url, headers, body);
            new Acs3HmacSha256(() -> nonce).sign(ours, credential, NOW);

            TeaRequest theirs = TeaRequest.create();
            theirs.method = method;
            theirs.pathname = path;
            theirs.query = new HashMap<>(parameters);
            theirs.headers = new HashMap<>(headers);
            theirs.headers.put("host", host);
            theirs.headers.put("x-acs-date", DATE);
            theirs.headers.put("x-acs-signature-nonce", nonce);
            theirs.headers.put("x-acs-content-sha256", ours.bodySha256());
            if (token != null) {
                theirs.headers.put("x-acs-security-token", token);
            }
            String expected = Client.getAuthorization(
                    theirs,
                    "ACS3-HMAC-SHA256",
                    ours.bodySha256(),
                    credential.id(),
                    credential.secret().value());
            assertThat(ours.header("Authorization"))
                    .as("request %s of seed %s: %s %s", i, random.seed(), method, url)
                    .isEqualTo(expected);
            assertThat(ours.header("x-acs-date")).isEqualTo(DATE);
            assertThat(ours.header("x-acs-security-token")).isEqualTo(token);
            assertThat(ours.url()).hasQuery(url.getQuery());
        }
    }

    @Test
    void everyAttemptHasItsOwnNonceAndDate() {
        AttemptView request = view();
        Acs3HmacSha256.INSTANCE.sign(request, KEY, NOW);
        String nonce = request.header("x-acs-signature-nonce");
        Acs3HmacSha256.INSTANCE.sign(request, KEY, NOW.plusSeconds(1));
        assertThat(request.header("x-acs-signature-nonce")).isNotEqualTo(nonce).hasSize(36);
        assertThat(request.header("x-acs-date")).isEqualTo("2026-11-21T01:02:04Z");
        assertThat(Acs3HmacSha256.INSTANCE.isDated()).isTrue();
    }

    @Test
    void aKeyThatLastsTakesTheTokenOfATemporaryOneOff() {
        AttemptView request = view();
        Acs3HmacSha256.INSTANCE.sign(
                request, Credential.accessKey("STS.A", Secret.of("s"), Secret.of("token"), null), NOW);
        assertThat(request.header("x-acs-security-token")).isEqualTo("token");
        Acs3HmacSha256.INSTANCE.sign(request, KEY, NOW);
        assertThat(request.header("x-acs-security-token")).isNull();
        assertThat(request.header("Authorization")).doesNotContain("security-token");
    }

    @Test
    void aTokenSignsNothing() {
        assertThatThrownBy(() -> Acs3HmacSha256.INSTANCE.sign(view(), Credential.token(Secret.token("abc"), null), NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("abc");
    }

    @Test
    void queriesHaveOneSpelling() {
        assertThat(AccessKeySignature.queryByName(null)).isEmpty();
        assertThat(AccessKeySignature.queryByName("b=2&a=%C3%BC+%2b*~&&b=1&c&d=%"))
                .isEqualTo("a=%C3%BC%20%2B%2A~&b=2&b=1&c=&d=%25");
    }

    private static AttemptView view() {
        return new AttemptView(
                "GET",
                URI.create("https://slb.aliyuncs.com/?RegionId=cn-hangzhou"),
                Map.of("x-acs-action", "DescribeRegions", "x-acs-version", "2014-05-15"),
                "");
    }
}
