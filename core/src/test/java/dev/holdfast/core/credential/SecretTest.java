package dev.holdfast.core.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be a secret, and that none of it is shown. */
class SecretTest {
    @Test
    void theLongestTokenIsTakenAndOneCharacterMoreIsRefused() {
        String longest = "x".repeat(Secret.LONGEST_TOKEN);
        assertThat(Secret.token(longest).value()).isEqualTo(longest);
        assertThat(Secret.token(longest + "\n").value()).isEqualTo(longest);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Secret.token(longest + "x"))
                .withMessage("token must not be longer than 16384 characters, but has 16385 (not shown)");
    }

    @Test
    void theFirstAndTheLastVisibleCharacterAreTaken() {
        assertThat(Secret.token("!~").value()).isEqualTo("!~");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pass word", "pass\u007fword", "pass\tword", "pass\nword", "pass\u00e9word", "pass\u0000word"})
    void otherCharactersAreRefusedByTheirPlaceAndNotShown(String token) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Secret.token(token))
                .withMessage("token must be of visible ASCII characters, but is not at index 4 of 9 (not shown)");
    }

    @Test
    void oneLineEndIsTakenOffAndNoMore() {
        assertThat(Secret.token("abc\n").value()).isEqualTo("abc");
        assertThat(Secret.token("abc\r\n").value()).isEqualTo("abc");
        assertThatIllegalArgumentException().isThrownBy(() -> Secret.token("abc\n\n"));
        assertThatIllegalArgumentException().isThrownBy(() -> Secret.token("abc\r"));
    }

    @Test
    void anEmptyOneIsRefused() {
        for (String empty : new String[] {"", "\n", "\r\n"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Secret.token(empty))
                    .withMessage("token must not be empty");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Secret.of("")).withMessage("secret must not be empty");
        assertThatNullPointerException().isThrownBy(() -> Secret.of(null)).withMessage("secret must not be null");
        assertThatNullPointerException().isThrownBy(() -> Secret.token(null)).withMessage("token must not be null");
    }

    @Test
    void aKeyThatIsNeverSentMayHoldAnyCharacter() {
        assertThat(Secret.of("clé with blanks\n").value()).isEqualTo("clé with blanks\n");
    }

    @Test
    void twoOfOneValueAreEqualAndNeitherIsPrinted() {
        Secret one = Secret.token("s3cret");
        assertThat(one).isEqualTo(Secret.of("s3cret")).hasSameHashCodeAs(Secret.of("s3cret"));
        assertThat(one).isNotEqualTo(Secret.of("s3cres")).isNotEqualTo("s3cret").isNotEqualTo(null);
        assertThat(one).hasToString("Secret[not shown]");
    }
}
