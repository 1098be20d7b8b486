package dev.holdfast.core.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.response.RequestView;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestSecretsTest {
    private static RequestView with(String header, String value) {
        return new RequestView("GET", "/", null, name -> name.equalsIgnoreCase(header) ? value : null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Bearer abcdefgh==                                                              | abcdefgh==",
                "bearer  a=bcdefgh.ijk                                                          | a=bcdefgh.ijk",
                "abcdefghijkl                                                                   | abcdefghijkl",
                "SharedKey accountname:c2lnbmF0dXJl                                             | c2lnbmF0dXJl",
                "SDK-HMAC-SHA256 Access=AKIDEXAMPLE, SignedHeaders=host;x-sdk-date, Signature=0123456789 | 0123456789",
                "ACS3-HMAC-SHA256 Credential=AKIDEXAMPLE,SignedHeaders=host;x-acs-date,Signature=abcdef01 | abcdef01",
                "Digest username=\"somebody\", realm=\"anywhere\", response=\"6629fae4939\"         | 6629fae4939"
            })
    void aTokenOrSignatureIsASecretAndSchemeKeyIdAndHeaderNamesAreNot(String header, String secret) {
        assertThat(RequestSecrets.of(with("Authorization", header))).containsExactly(secret);
    }

    @Test
    void ofABasicHeaderThePasswordIsASecretToo() {
        String both = Base64.getEncoder().encodeToString("me:pass:word".getBytes(StandardCharsets.UTF_8));
        assertThat(RequestSecrets.of(with("Authorization", "Basic " + both))).containsExactly(both, "pass:word");
        assertThat(RequestSecrets.of(with("Authorization", "Basic !not-base64!")))
                .containsExactly("!not-base64!");
    }

    @Test
    void tokensOfOtherHeadersAndOfTheQueryAreSecrets() {
        assertThat(RequestSecrets.of(with("x-auth-token", "0123456789"))).containsExactly("0123456789");
        assertThat(RequestSecrets.of(with("Metadata", "truetruetrue"))).isEmpty();
        assertThat(RequestSecrets.of(with("X-Auth-Token", "short"))).isEmpty();
        assertThat(RequestSecrets.of(RequestView.of("GET", "/a?sv=2020-10-02-x&sig=ab%2Bcd%3Def")))
                .containsExactly("ab%2Bcd%3Def", "ab+cd=ef");
        assertThat(RequestSecrets.of(RequestView.of("GET", "/a?sig=ab+cdef%"))).containsExactly("ab+cdef%");
        assertThat(RequestSecrets.of(RequestView.of("GET", "/a"))).isEmpty();
    }
}
