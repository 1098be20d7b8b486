package dev.holdfast.huawei;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.huaweicloud.sdk.core.auth.AKSKSigner;
import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.http.HttpMethod;
import com.huaweicloud.sdk.core.http.HttpRequest;
import dev.holdfast.core.credential.AccessKeySignature;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.Secret;
import dev.holdfast.testkit.signing.AttemptView;
import dev.holdfast.testkit.signing.RandomRequests;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URL;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SdkHmacSha256Test {
    private static final Instant NOW = Instant.parse("2026-11-21T01:02:03.987Z");
    private static final String DATE = "20261121T010203Z";
    private static final int REQUESTS = 300;
    private static final String[] METHODS = {"GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"};
    private static final Credential KEY =
            Credential.accessKey("EXAMPLEACCESSKEY", Secret.of("a secret/key+of=any chars"), null, null);

    @Test
    void equalsTheVendorsSdkByteForByte() throws Exception {
        RandomRequests random = new RandomRequests();
        System.out.println(getClass().getSimpleName() + ": " + random);
        for (int i = 0; i < REQUESTS; i++) {
            String method = METHODS[random.below(METHODS.length)];
            List<String> segments = random.segments();
            Map<String, String> parameters = random.parameters();
            String body = method.equals("GET") || method.equals("HEAD") ? "" : random.text(20);
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("Content-Type", "application/json; charset=utf-8");
            headers.put("X-Project-Id", random.word());
            headers.put("X-" + random.word() + "_" + random.word(), random.word());
            for (int more = random.below(4); more > 0; more--) {
                headers.put("x-" + random.word(), random.word() + " " + random.word());
            }
            String token = random.below(2) == 0 ? null : random.word() + "/+=" + random.word();
            Credential credential = Credential.accessKey(
                    random.word(),
                    Secret.of(random.word() + random.text(5)),
                    token == null ? null : Secret.of(token),
                    null);
            String host = "clouddc.cn-east-3.myhuaweicloud.com" + (random.below(3) == 0 ? ":8443" : "");
            String path = segments.stream().map(random::sent).collect(Collectors.joining("/", "/", ""));
            String query = parameters.entrySet().stream()
                    .map(each -> random.sent(each.getKey()) + "=" + random.sent(each.getValue()))
                    .collect(Collectors.joining("&"));
            URI url = URI.create("https://" + host + path + (query.isEmpty() ? "" : "?" + query));

            AttemptView ours = new AttemptView(method, url, headers, body);
            SdkHmacSha256.INSTANCE.sign(ours, credential, NOW);

            Map<String, String> theirs = new LinkedHashMap<>(headers);
            theirs.put("X-Sdk-Date", DATE);
            if (token != null) {
                theirs.put("X-Security-Token", token);
            }
            String expected = oracle(method, "https://" + host, segments, parameters, theirs, body, credential);
            assertThat(ours.header("Authorization"))
                    .as("request %s of seed %s: %s %s", i, random.seed(), method, url)
                    .isEqualTo(expected);
            assertThat(ours.header("X-Sdk-Date")).isEqualTo(DATE);
            assertThat(ours.header("X-Security-Token")).isEqualTo(token);
        }
    }

    /** The vendor's signer wants the path and the parameters decoded. */
    private static String oracle(
            String method,
            String base,
            List<String> segments,
            Map<String, String> parameters,
            Map<String, String> headers,
            String body,
            Credential credential)
            throws Exception {
        URL url = new URL(new URL(base), "", new java.net.URLStreamHandler() {
            @Override
            protected java.net.URLConnection openConnection(URL opened) {
                throw new UnsupportedOperationException();
            }

            @Override
            protected void parseURL(URL parsed, String spec, int start, int limit) {
                // As it is: a question mark or a hash in a segment would end the path otherwise.
                setURL(
                        parsed,
                        parsed.getProtocol(),
                        parsed.getHost(),
                        parsed.getPort(),
                        parsed.getAuthority(),
                        null,
                        "/" + String.join("/", segments),
                        null,
                        null);
            }
        });
        Map<String, List<String>> lists = new LinkedHashMap<>();
        headers.forEach((name, value) -> lists.put(name, List.of(value)));
        Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        Map<String, List<String>> query = new LinkedHashMap<>();
        parameters.forEach((name, value) -> query.put(name, List.of(value)));
        HttpRequest request = (HttpRequest) Proxy.newProxyInstance(
                HttpRequest.class.getClassLoader(),
                new Class<?>[] {HttpRequest.class},
                (proxy, called, arguments) -> switch (called.getName()) {
                    case "getUrl" -> url;
                    case "getMethod" -> HttpMethod.valueOf(method);
                    case "getHeaders" -> lists;
                    case "haveHeader" -> anyCase.containsKey((String) arguments[0]);
                    case "getHeader" -> anyCase.get((String) arguments[0]);
                    case "getQueryParams" -> query;
                    case "getBodyAsString" -> body;
                    case "getBody" -> null;
                    default -> throw new UnsupportedOperationException(called.getName());
                });
        BasicCredentials keys = new BasicCredentials()
                .withAk(credential.id())
                .withSk(credential.secret().value());
        return AKSKSigner.getInstance().sign(request, keys).get("Authorization");
    }

    @Test
    void signsWhatTheServiceSeesAndNotWhatOthersWrite() {
        AttemptView request = view(
                "https://clouddc.cn-east-3.myhuaweicloud.com/v1/p/instances",
                Map.of(
                        "User-Agent",
                        "okhttp",
                        "Accept-Encoding",
                        "gzip",
                        "Connection",
                        "Keep-Alive",
                        "X-Forwarded-For",
                        "10.0.0.1",
                        "X-Domain-Id",
                        "d"));
        SdkHmacSha256.INSTANCE.sign(request, KEY, NOW);
        assertThat(request.header("Authorization")).contains("SignedHeaders=host;x-domain-id;x-sdk-date, ");
    }

    @Test
    void everyAttemptHasItsOwnDateAndToken() {
        AttemptView request = view("https://clouddc.cn-east-3.myhuaweicloud.com/v1/p/instances?limit=1", Map.of());
        Credential temporary = Credential.accessKey("AK", Secret.of("sk"), Secret.of("token"), null);
        SdkHmacSha256.INSTANCE.sign(request, temporary, NOW);
        String first = request.header("Authorization");
        SdkHmacSha256.INSTANCE.sign(request, temporary, NOW.plusSeconds(1));
        assertThat(request.header("X-Sdk-Date")).isEqualTo("20261121T010204Z");
        assertThat(request.header("Authorization")).isNotEqualTo(first);
        SdkHmacSha256.INSTANCE.sign(request, KEY, NOW);
        assertThat(request.header("X-Security-Token")).isNull();
        assertThat(SdkHmacSha256.INSTANCE.isDated()).isTrue();
    }

    /** The signatures were computed outside of Java, by the vendor's description of the algorithm. */
    @Test
    void aBodyThatIsReadOnceGoesUnsignedIfTheCallerSaysSo() {
        AttemptView unsigned = view("https://h.example/a", Map.of("X-Sdk-Content-Sha256", "UNSIGNED-PAYLOAD"));
        SdkHmacSha256.INSTANCE.sign(unsigned, KEY, NOW);
        assertThat(unsigned.header("Authorization"))
                .isEqualTo("SDK-HMAC-SHA256 Access=EXAMPLEACCESSKEY, "
                        + "SignedHeaders=host;x-sdk-content-sha256;x-sdk-date, "
                        + "Signature=fd20311202d327d1fedd20a95c726eb7d20077f6803bd0048f9f05a4595b5d8b");
        assertThat(unsigned.header("X-Sdk-Content-Sha256")).isEqualTo("UNSIGNED-PAYLOAD");
        AttemptView signed = view("https://h.example/a", Map.of("X-Sdk-Content-Sha256", unsigned.bodySha256()));
        SdkHmacSha256.INSTANCE.sign(signed, KEY, NOW);
        assertThat(signed.header("Authorization"))
                .isEqualTo("SDK-HMAC-SHA256 Access=EXAMPLEACCESSKEY, "
                        + "SignedHeaders=host;x-sdk-content-sha256;x-sdk-date, "
                        + "Signature=0e30edcdb9301dfe82855521c1f7ad506f8fa268498a59671e489ac16c2ded0a");
    }

    @Test
    void pathsAndQueriesHaveOneSpelling() {
        assertThat(SdkHmacSha256.path(null)).isEqualTo("/");
        assertThat(SdkHmacSha256.path("/")).isEqualTo("/");
        assertThat(SdkHmacSha256.path("/v1/a%2fb/%41*/")).isEqualTo("/v1/a%2Fb/A%2A/");
        assertThat(SdkHmacSha256.path("/a//b%")).isEqualTo("/a//b%25/");
        assertThat(AccessKeySignature.queryByEncodedName(null)).isEmpty();
        assertThat(AccessKeySignature.queryByEncodedName("b=2&a=%C3%BC+%2b&&b=1&c"))
                .isEqualTo("a=%C3%BC%20%2B&b=2&b=1&c=");
    }

    @Test
    void aTokenSignsNothing() {
        assertThatThrownBy(() -> SdkHmacSha256.INSTANCE.sign(
                        view("https://h.example/", Map.of()), Credential.token(Secret.token("abc"), null), NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("abc");
    }

    private static AttemptView view(String url, Map<String, String> headers) {
        return new AttemptView("GET", URI.create(url), headers, "");
    }
}
