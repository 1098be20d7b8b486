package dev.holdfast.core.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The parts of a signature that vendors share; each vendor's own test compares the whole with the vendor's SDK. */
class AccessKeySignatureTest {
    private static final Credential KEY = Credential.accessKey("AK", Secret.of("key"), null, null);

    @Test
    void theCanonicalRequestHasALineForEachPart() throws Exception {
        View request = new View("https://h.example:8443/p");
        request.setHeader("X-B", " two ");
        request.setHeader("x-a", "one");
        request.setHeader("Accept", "text/plain");
        AccessKeySignature signature = AccessKeySignature.of(request, KEY, "x-token");
        String hash = signature.canonicalRequest("/p", "q=1", name -> name.startsWith("x-"), "payload");
        assertThat(hash)
                .isEqualTo(sha256("GET\n/p\nq=1\nhost:h.example:8443\nx-a:one\nx-b:two\n\nhost;x-a;x-b\npayload"));
        assertThat(signature.signedHeaders()).isEqualTo("host;x-a;x-b");
        assertThat(signature.keyId()).isEqualTo("AK");
    }

    @Test
    void theHostHasAPortOnlyWhereItIsNotTheUsualOne() throws Exception {
        assertThat(hostOf(new View("https://h.example:443/"))).isEqualTo(sha256(canonical("h.example")));
        assertThat(hostOf(new View("http://h.example:80/"))).isEqualTo(sha256(canonical("h.example")));
        assertThat(hostOf(new View("http://h.example:443/"))).isEqualTo(sha256(canonical("h.example:443")));
        View shown = new View("https://h.example/");
        shown.setHeader("Host", "other.example");
        assertThat(hostOf(shown)).isEqualTo(sha256(canonical("other.example")));
    }

    private static String hostOf(View request) {
        return AccessKeySignature.of(request, KEY, "x-token").canonicalRequest("/", "", name -> false, "");
    }

    private static String canonical(String host) {
        return "GET\n/\n\nhost:" + host + "\n\nhost\n";
    }

    /** RFC 4231, test case 2. */
    @Test
    void signsAsTheStandardSays() {
        Credential jefe = Credential.accessKey("AK", Secret.of("Jefe"), null, null);
        assertThat(AccessKeySignature.of(new View("http://h/"), jefe, "x-token").hmac("what do ya want for nothing?"))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void theSessionTokenFollowsTheCredential() {
        View request = new View("https://h.example/");
        AccessKeySignature.of(request, Credential.accessKey("AK", Secret.of("s"), Secret.of("token"), null), "x-token");
        assertThat(request.header("X-Token")).isEqualTo("token");
        AccessKeySignature.of(request, KEY, "x-token");
        assertThat(request.header("X-Token")).isNull();
    }

    @Test
    void aTokenSignsNothing() {
        Credential token = Credential.token(Secret.token("abc"), null);
        assertThatThrownBy(() -> AccessKeySignature.of(new View("https://h.example/"), token, "x-token"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("abc");
    }

    @Test
    void queriesHaveOneSpelling() {
        assertThat(AccessKeySignature.queryByName(null)).isEmpty();
        assertThat(AccessKeySignature.queryByName("")).isEmpty();
        assertThat(AccessKeySignature.queryByName("b=2&a=%C3%BC+%2b*~&&b=1&c&d=%&e=%zz"))
                .isEqualTo("a=%C3%BC%20%2B%2A~&b=2&b=1&c=&d=%25&e=%25zz");
    }

    @Test
    void theTwoOrdersOfNamesDiffer() {
        String raw = "%5Bx=1&Z=2&a=3";
        assertThat(AccessKeySignature.queryByName(raw)).isEqualTo("Z=2&%5Bx=1&a=3");
        assertThat(AccessKeySignature.queryByEncodedName(raw)).isEqualTo("%5Bx=1&Z=2&a=3");
    }

    @Test
    void aSegmentKeepsAnEncodedSlashAndAPlusSign() {
        assertThat(AccessKeySignature.pathSegment("a%2fb+%41*")).isEqualTo("a%2Fb%2BA%2A");
    }

    @Test
    void showsNoSecret() {
        assertThat(AccessKeySignature.of(new View("http://h/"), KEY, "x-token")).hasToString("AccessKeySignature[AK]");
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static final class View implements SigningView {
        private final URI url;
        private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

        View(String url) {
            this.url = URI.create(url);
        }

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public URI url() {
            return url;
        }

        @Override
        public Map<String, List<String>> headers() {
            return headers;
        }

        @Override
        public @Nullable String header(String name) {
            List<String> values = headers.get(name);
            return values == null ? null : values.get(0);
        }

        @Override
        public void setHeader(String name, String value) {
            headers.put(name, List.of(value));
        }

        @Override
        public void removeHeader(String name) {
            headers.remove(name);
        }

        @Override
        public String bodySha256() {
            return "";
        }
    }
}
