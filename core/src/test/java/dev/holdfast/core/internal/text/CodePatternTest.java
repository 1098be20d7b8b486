package dev.holdfast.core.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodePatternTest {

    @ParameterizedTest
    @CsvSource({
        "Throttling, throttling, true",
        "Throttling, Throttling.User, false",
        "Throttling.*, Throttling.User, true",
        "Throttling.*, throttling., true",
        "Throttling.*, Throttling, false",
        "*.NotFound, Disk.notfound, true",
        "*.NotFound, Disk.NotFoundHere, false",
        "Invalid*.Malformed, InvalidDisk.Malformed, true",
        "Invalid*.Malformed, Invalid.Malformed, true",
        "Invalid*.Malformed, InvalidMalformed, false",
        "a*ab*b, aab, false",
        "a*ab*b, aabb, true",
        "a*a, a, false",
        "a*a, aa, true",
        "ab*bc, abc, false",
        "a*bc*c, abc, false",
        "a*bc*c, abcc, true",
        "*b*, abc, true",
        "*b*, ac, false",
        "**, '', true",
        "*, anything, true",
        "a**b, ab, true",
        "a.c, abc, false",
        "'[a-z]*', abc, false",
        "'(*', '(x', true"
    })
    void matches(String pattern, String code, boolean matches) {
        assertThat(new CodePattern(pattern).matches(code)).isEqualTo(matches);
    }

    @Test
    void knowsItsWords() {
        assertThat(CodePattern.isPattern("a*")).isTrue();
        assertThat(CodePattern.isPattern("a.b")).isFalse();
        assertThat(new CodePattern("a*b*").literalLength()).isEqualTo(2);
        assertThat(new CodePattern("abc").literalLength()).isEqualTo(3);
        assertThat(new CodePattern("A*")).hasToString("A*");
    }

    /** A reader that tried each way to share the code out among the stars would not come to an end. */
    @Test
    void aLongCodeIsReadToItsEnd() {
        CodePattern pattern = new CodePattern("a*a*a*a*a*a*a*a*a*a*a*a*b");
        String code = "a".repeat(64 * 1024);
        assertThat(pattern.matches(code)).isFalse();
    }
}
