package dev.holdfast.core.response;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {
    private static final String TOKEN = "eyJ+/=" + "abcdefghij".repeat(180);
    private static final String KEY = "Zx81+Qp/7mLr=0tV";
    private static final String JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl";

    private static String masked(String text, String secret) {
        return new Redaction(secret).of(text);
    }

    @Test
    void wholeEncodedAndCutOffSecretsAreMasked() {
        assertThat(masked("a " + TOKEN + " b " + TOKEN, TOKEN)).isEqualTo("a *** b ***");
        assertThat(masked("a=" + TOKEN.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D") + "&b", TOKEN))
                .isEqualTo("a=***&b");
        assertThat(masked("a " + TOKEN.substring(0, 9), TOKEN)).isEqualTo("a ***");
        assertThat(masked("a " + TOKEN.substring(0, 7), TOKEN)).isEqualTo("a " + TOKEN.substring(0, 7));
        assertThat(masked("a " + TOKEN.substring(0, 9) + " b", TOKEN)).isEqualTo("a *** b");
        assertThat(masked("nothing", TOKEN)).isEqualTo("nothing");
        assertThat(masked("k is k", "k")).isEqualTo("*** is ***");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "whole           | no Zx81+Qp/7mLr=0tV here             | no *** here",
                "cut off         | no 'Zx81+Qp/...' here                | no '***...' here",
                "the tail        | no ...7mLr=0tV here                  | no ...*** here",
                "seven           | no Zx81+Qp here                      | no Zx81+Qp here",
                "upper case      | no ZX81+QP/7MLR=0TV here             | no *** here",
                "percent         | no Zx81%2BQp%2F7mLr%3D0tV here       | no *** here",
                "percent, lower  | no Zx81%2bQp%2f7mLr%3d0tV here       | no *** here",
                "percent, a path | no Zx81%2BQp/7mLr=0tV here           | no *** here",
                "percent twice   | no Zx81%252BQp%252F7mLr%253D0tV here | no *** here",
                "HTML            | no Zx81&#43;Qp&#x2F;7mLr&#x3d;0tV no | no *** no",
                "HTML, names     | no Zx81&plus;Qp&sol;7mLr=0tV here    | no *** here",
                "JSON            | no Zx81\\u002bQp\\/7mLr\\u003D0tV no | no *** no",
                "a line end      | no Zx81+Qp\\n/7mLr=0tV here          | no *** here",
                "base64          | no Wng4MStRcC83bUxyPTB0V here        | no *** here",
                "base64 of user  | no dXNlcjpaeDgxK1FwLzdtTHI9MHRW here | no dXNlcjp*** here",
                "base64url       | no Zx81-Qp_7mLr here                 | no *** here",
                "base64, broken  | no Wng4MStR\\ncC83bUxyPTB0V here     | no *** here",
                "near it         | no Zx81+Qq/7mLs=0tV here             | no Zx81+Qq/7mLs=0tV here",
                "escapes alone   | 100%25 of &amp; C:\\\\temp %zz &#;   | 100%25 of &amp; C:\\\\temp %zz &#;"
            })
    void runsOfEightAreMaskedAsTheyAreEchoed(String how, String text, String shown) {
        // The table has no line ends of its own.
        assertThat(masked(how.endsWith("line end") || how.endsWith("broken") ? text.replace("\\n", "\r\n") : text, KEY))
                .isEqualTo(shown);
    }

    @Test
    void theFirstPartOfAJwtIsCommonToAllAndTheRestIsNot() {
        assertThat(masked("a JWT begins with eyJhbGciOiJSUzI1NiJ9. Use one", JWT))
                .isEqualTo("a JWT begins with eyJhbGciOiJSUzI1NiJ9. Use one");
        assertThat(masked("not " + JWT + "!", JWT)).isEqualTo("not ***!");
        assertThat(masked("not eyJhbGciOiJSUzI1NiJ9.eyJzdWIiO...", JWT)).isEqualTo("not ***...");
        assertThat(masked("not c2lnbmF0dXJl", JWT)).isEqualTo("not ***");
        assertThat(masked("not eyJhbGciOi", "eyJhbGciOi.x")).isEqualTo("not ***");
    }

    @Test
    void blanksWithinASecretHideNoRunOfIt() {
        String phrase = "a big red fox or two";
        assertThat(masked("said a big red", phrase)).isEqualTo("said ***");
        assertThat(masked("said big\nred fox", phrase)).isEqualTo("said ***");
        assertThat(masked("é ß Zugang", "Zugang-für-Ö")).isEqualTo("é ß Zugang");
        assertThat(masked("é ß gang-f%C3%BCr-%C3%96", "Zugang-für-Ö")).isEqualTo("é ß ***");
        assertThat(masked("é ß gang-f&#252;r-&#xD6;", "Zugang-für-Ö")).isEqualTo("é ß ***");
        assertThat(masked("one two", "\n")).isEqualTo("one two");
    }

    @Test
    void nothingOfALongTokenIsLeftWhereAnErrorIsCut() {
        String echo = "verify aksk signature fail, canonicalRequest:" + "x".repeat(500) + TOKEN;
        ServiceError error = ServiceError.of("C", echo)
                .withTarget(TOKEN)
                .withFurther(List.of(new ServiceError.Further("D", echo, TOKEN)))
                .with(Map.of("id", TOKEN), Map.of("v", TOKEN));
        assertThat(error.message()).hasSize(ServiceError.MESSAGE_LIMIT).contains("eyJ+/=abcdefghij");
        assertThat(error.without(TOKEN).toString()).doesNotContain("eyJ", "abcdefghij");
    }
}
