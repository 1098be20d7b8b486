package dev.holdfast.core.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CredentialTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Secret KEY = Secret.of("s3cret");
    private static final Secret SESSION = Secret.of("s3ssion");

    @Test
    void theLifetimeDoesNotMakeItAnother() {
        Credential one = Credential.accessKey("AK", KEY, SESSION, HOUR);
        assertThat(one.isSameAs(Credential.accessKey("AK", KEY, SESSION, null))).isTrue();
        assertThat(one).isNotEqualTo(Credential.accessKey("AK", KEY, SESSION, null));
    }

    @Test
    void idSecretAndSessionTokenDo() {
        Credential one = Credential.accessKey("AK", KEY, SESSION, HOUR);
        assertThat(one.isSameAs(Credential.accessKey("BK", KEY, SESSION, HOUR))).isFalse();
        assertThat(one.isSameAs(Credential.accessKey("AK", Secret.of("other"), SESSION, HOUR)))
                .isFalse();
        assertThat(one.isSameAs(Credential.accessKey("AK", KEY, null, HOUR))).isFalse();
        assertThat(one.isSameAs(Credential.token(KEY, HOUR))).isFalse();
    }

    @Test
    void itsTextNamesTheEndOfTheIdAndNoSecret() {
        assertThat(Credential.accessKey("EXAMPLEKEY1234", KEY, SESSION, HOUR))
                .hasToString("Credential[access key …1234, temporary, lifetime PT1H]");
        assertThat(Credential.accessKey("AK", KEY, null, null))
                .hasToString("Credential[access key …AK, lifetime unlimited]");
        assertThat(Credential.token(KEY, HOUR)).hasToString("Credential[token, lifetime PT1H]");
    }

    @Test
    void withoutASecretOrWithAnEmptyIdItIsRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> Credential.token(null, HOUR))
                .withMessage("secret must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> Credential.accessKey(null, KEY, null, HOUR))
                .withMessage("id must not be null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Credential.accessKey("", KEY, null, HOUR))
                .withMessage("id must not be empty");
    }
}
