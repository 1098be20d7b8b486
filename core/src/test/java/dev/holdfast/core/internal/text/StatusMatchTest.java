package dev.holdfast.core.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusMatchTest {

    @ParameterizedTest
    @CsvSource({
        "503, 503, true",
        "503, 502, false",
        "503, 504, false",
        "5xx, 500, true",
        "5xx, 599, true",
        "5xx, 499, false",
        "5xx, 600, false",
        "9xx, 999, true",
        "100, 100, true",
        "*, 200, true",
        "*, -1, true",
        "*, 2147483647, true"
    })
    void matches(String text, int status, boolean matches) {
        StatusMatch match = StatusMatch.parse(text);
        assertThat(match.matches(status)).isEqualTo(matches);
        assertThat(match).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "0",
                "99",
                "1000",
                "+50",
                "-50",
                "50 ",
                "5x",
                "5XX",
                "0xx",
                "xxx",
                "5xxx",
                "5*",
                "**",
                "\u0665xx",
                "\u0665\u0660\u0663",
                "5\u06603"
            })
    void refuses(String text) {
        assertThatThrownBy(() -> StatusMatch.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("status must be 100 to 999, a class such as 5xx, or *, but is \"" + text + "\"");
    }

    @ParameterizedTest
    @CsvSource({"503, 0, 503", "5xx, 1, ", "*, 2, "})
    void theNarrowerIsMoreSpecific(String text, int width, Integer single) {
        assertThat(StatusMatch.parse(text).width()).isEqualTo(width);
        assertThat(StatusMatch.parse(text).single()).isEqualTo(single);
    }
}
