package dev.holdfast.core.response;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTextTest {
    private static final String TEXT = "{\"message\":\"caf\u00e9 \u4e2d\u6587 \ud83d\ude00\"}";
    private static final String LATIN = "{\"message\":\"caf\u00e9 \u00fcber\"}";

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void unicodeIsSeenWithAndWithoutAMarkWhateverTheLabel(String charset) {
        byte[] plain = TEXT.getBytes(Charset.forName(charset));
        byte[] marked = ("\ufeff" + TEXT).getBytes(Charset.forName(charset));
        for (String label : new String[] {null, "text/plain", "text/plain; charset=iso-8859-1", "a;charset=nonsense"}) {
            assertThat(BodyText.decode(plain, label, true)).as(label).isEqualTo(TEXT);
            assertThat(BodyText.decode(marked, label, true)).as(label).isEqualTo(TEXT);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "application/json",
                "application/json; charset=utf-8",
                "application/json; charset=us-ascii",
                "application/json; charset=",
                "application/json; charset=no such",
                "application/json; charset=\u0000",
                "application/json; charset=iso-8859-1",
                "application/json; CHARSET=\"ISO-8859-1\"; q=1",
                "text/html;charset=windows-1252"
            })
    void whatIsNotUtf8IsLatin1UnlessTheLabelKnowsBetter(String label) {
        assertThat(BodyText.decode(LATIN.getBytes(StandardCharsets.ISO_8859_1), label, true))
                .isEqualTo(LATIN);
    }

    @Test
    void aLabelHelpsWhereTheBytesDoNot() {
        byte[] chinese = "{\"message\":\"\u53c2\u6570\u9519\u8bef\"}".getBytes(Charset.forName("GBK"));
        assertThat(BodyText.decode(chinese, "application/json;charset=GBK", true))
                .contains("\u53c2\u6570\u9519\u8bef");
        assertThat(BodyText.decode(chinese, null, true))
                .startsWith("{\"message\":\"")
                .endsWith("\"}");
        byte[] wide = "\u53c2\u6570\u9519\u8bef".getBytes(StandardCharsets.UTF_16BE);
        assertThat(BodyText.decode(wide, "text/plain; charset=utf-16be", true)).isEqualTo("\u53c2\u6570\u9519\u8bef");
    }

    @Test
    void aCharacterThatWasCutOffIsDropped() {
        byte[] bytes = "caf\u00e9 \ud83d\ude00".getBytes(StandardCharsets.UTF_8);
        for (int cut = 1; cut <= 3; cut++) {
            assertThat(BodyText.decode(Arrays.copyOf(bytes, bytes.length - cut), null, true))
                    .isEqualTo("caf\u00e9 ");
        }
        assertThat(BodyText.decode(Arrays.copyOf(bytes, 4), null, false)).isEqualTo("caf");
    }

    @Test
    void aLastCharacterOfLatin1IsNoneThatWasCutOff() {
        assertThat(BodyText.decode("caf\u00e9".getBytes(StandardCharsets.ISO_8859_1), null, true))
                .isEqualTo("caf\u00e9");
    }

    @Test
    void aGenuineReplacementCharacterIsUtf8() {
        assertThat(BodyText.decode("a\ufffd\u00e9".getBytes(StandardCharsets.UTF_8), null, true))
                .isEqualTo("a\ufffd\u00e9");
    }

    @ParameterizedTest
    @CsvSource({
        "00",
        "00 00",
        "fe ff",
        "ff fe",
        "ef bb bf",
        "ff",
        "00 00 00 00",
        "00 00 fe ff",
        "ff fe 00 00",
        "80 81 82"
    })
    void shortAndOddBytesAreRead(String hex) {
        byte[] bytes = new byte[hex.split(" ").length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(hex.split(" ")[i], 16);
        }
        assertThat(BodyText.decode(bytes, null, true).length()).isLessThanOrEqualTo(bytes.length);
    }
}
