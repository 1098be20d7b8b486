package dev.holdfast.core.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalizedTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Disk \"sda\" is full",
                "disk 'SDA' IS full.",
                "  Disk\t\n sda   is full ...  ",
                "Disk `sda` is **full**.",
                "Disk \\\"sda\\\" is full",
                "Disk \u201csda\u201d is full\u3002",
                "Disk \u2018sda\u2019 is full",
                "Disk \u00absda\u00bb is full",
                "Disk \u2039sda\u203a is full",
                "Disk &quot;sda&quot; is&nbsp;full",
                "Disk &#39;sda&#x27; is&#160;full",
                "Disk &QUOT;sda&#X22; is full",
                "\ufeffDisk\u00a0sda\u3000is\u2009full",
                "Disk\u202fsda\u2028is\u2060full\u0085",
                "\u0000Disk sda\u0001 is full\u007f"
            })
    void forgives(String text) {
        assertThat(NormalizedText.of(text)).hasToString("disksdaisfull");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Disk sda, is full",
                "Disk sda is full!",
                "Disk.sda is full",
                "Disk-sda is full",
                "Disk (sda) is full",
                "Disk &sda; is full",
                "Disk &amp;sda is full",
                "Disk \\u0020sda is full",
                "Disk _sda_ is full",
                "Disk /sda is full"
            })
    void doesNotForgive(String text) {
        assertThat(NormalizedText.of(text).toString()).isNotEqualTo("disksdaisfull");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a&lt;b&gt;&amp;c", "a&#60;b&#62;&#38;c", "a&#x3C;b&#x3e;&#x26;c", "a<b>&c"})
    void escapesStandForTheirCharacters(String text) {
        assertThat(NormalizedText.of(text)).hasToString("a<b>&c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a&", "a&;", "a&lt", "a&unknown;", "a&&&&&&&&;", "a\\"})
    void brokenEscapesArePlainText(String text) {
        assertThat(NormalizedText.of(text)).hasToString(text.replace("\\", ""));
    }

    @Test
    void caseDoesNotDependOnTheMachine() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(NormalizedText.of("INVALID &QUOT;I&QUOT;")).hasToString("invalidi");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void dotsAtTheEndAreCountedApart() {
        NormalizedText text = NormalizedText.of("a.b. . .\u3002 ");
        assertThat(text).hasToString("a.b");
        assertThat(text.length()).isEqualTo(3);
        assertThat(text.lengthWithDots()).isEqualTo(7);
    }

    @Test
    void findsLiteralsOnlyWhereTheyStand() {
        NormalizedText text = NormalizedText.of("one two one");
        assertThat(text.matchesAt(0, "one")).isTrue();
        assertThat(text.matchesAt(1, "one")).isFalse();
        assertThat(text.matchesAt(6, "one")).isTrue();
        assertThat(text.matchesAt(7, "one")).isFalse();
        assertThat(text.matchesAt(-1, "one")).isFalse();
        assertThat(text.indexOf("one", 0, 9)).isZero();
        assertThat(text.indexOf("one", 1, 9)).isEqualTo(6);
        assertThat(text.indexOf("one", 1, 8)).isEqualTo(-1);
        assertThat(text.indexOf("", 4, 9)).isEqualTo(4);
    }

    @Test
    void findsItsWayBackToTheOriginal() {
        NormalizedText text = NormalizedText.of("Path = \"A B\", &quot;C&quot;");
        assertThat(text).hasToString("path=ab,c");
        assertThat(text.between(5, 7)).isEqualTo("A B");
        assertThat(text.between(0, 4)).isEqualTo("Path");
        assertThat(text.between(5, 5)).isEmpty();
        assertThat(text.between(0, 9)).isEqualTo("Path = \"A B\", &quot;C&quot;");
    }
}
