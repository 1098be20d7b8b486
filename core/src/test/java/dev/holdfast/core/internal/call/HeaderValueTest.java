package dev.holdfast.core.internal.call;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A header that no request can carry is refused by its place, and never shown: it may be a secret. */
class HeaderValueTest {
    private static final String SECRET = "PLANTED-secret";

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\nX: y", "\0", "\t", "\u007f", "ä", "\ud83d\ude00"})
    void aValueWithAnotherCharacterIsRefused(String bad) {
        assertThatThrownBy(() -> HeaderValue.check("X-Auth-Token", SECRET + bad))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("X-Auth-Token")
                .hasMessageContaining("index 14")
                .hasMessageNotContaining(SECRET);
    }

    /** Name and value exchanged by mistake. */
    @ParameterizedTest
    @ValueSource(strings = {" ", ":", "\n", "=", "/", "ä"})
    void aNameThatIsNoneIsRefusedWithoutBeingShown(String bad) {
        assertThatThrownBy(() -> HeaderValue.check(SECRET + bad, "X-Auth-Token"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("index 14")
                .hasMessageNotContaining(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "~!\"#$%&'()*+,-./:;<=>?@[]^_`{|}"})
    void visibleAsciiAndBlanksPass(String value) {
        assertThatCode(() -> HeaderValue.check("X-Auth-Token", value)).doesNotThrowAnyException();
    }
}
