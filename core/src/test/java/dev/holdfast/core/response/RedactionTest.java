package dev.holdfast.core.response;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedactionTest {
    private static final String TOKEN = "eyJ+/=" + "abcdefghij".repeat(180);

    @Test
    void wholeEncodedAndCutOffSecretsAreMasked() {
        assertThat(Redaction.of("a " + TOKEN + " b " + TOKEN, TOKEN)).isEqualTo("a *** b ***");
        assertThat(Redaction.of(
                        "a=" + TOKEN.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D") + "&b", TOKEN))
                .isEqualTo("a=***&b");
        assertThat(Redaction.of("a " + TOKEN.substring(0, 9), TOKEN)).isEqualTo("a ***");
        assertThat(Redaction.of("a " + TOKEN.substring(0, 7), TOKEN)).isEqualTo("a " + TOKEN.substring(0, 7));
        assertThat(Redaction.of("a " + TOKEN.substring(0, 9) + " b", TOKEN))
                .isEqualTo("a " + TOKEN.substring(0, 9) + " b");
        assertThat(Redaction.of("nothing", TOKEN)).isEqualTo("nothing");
        assertThat(Redaction.of("k is k", "k")).isEqualTo("*** is ***");
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
