package dev.holdfast.core.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNameTest {

    @ParameterizedTest
    @CsvSource({
        "Example.COM, example.com",
        "example.com., example.com",
        "localhost, localhost",
        "a_b.example, a_b.example",
        "x--1.example, x--1.example",
        "127.0.0.1, 127.0.0.1",
        "127.0.0.1., 127.0.0.1",
        "127.1, 127.0.0.1",
        "127.0.1, 127.0.0.1",
        "2130706433, 127.0.0.1",
        "4294967295, 255.255.255.255",
        "0, 0.0.0.0",
        "0x7F000001, 127.0.0.1",
        "0x7f.0.0x0.1, 127.0.0.1",
        "255.255.255.255, 255.255.255.255",
        "::1, [::1]",
        "[::1], [::1]",
        "[0:0:0:0:0:0:0:1], [::1]",
        "[::], [::]",
        "[2001:DB8:0:0:1:0:0:1], [2001:db8::1:0:0:1]",
        "[2001:db8:0:1:1:1:1:1], [2001:db8:0:1:1:1:1:1]",
        "[fe80::], [fe80::]",
        "[1::0:2], [1::2]",
        "[::ffff:127.0.0.1], 127.0.0.1",
        "[::FFFF:7f00:1], 127.0.0.1",
        "[64:ff9b::a9fe:a9fe], [64:ff9b::a9fe:a9fe]"
    })
    void eachSpellingHasOneForm(String host, String canonical) {
        assertThat(HostName.canonical(host)).isEqualTo(canonical);
        assertThat(HostName.canonical(canonical)).isEqualTo(canonical);
    }

    @Test
    void namesOfOtherScriptsHaveTheirAsciiForm() {
        assertThat(HostName.canonical("b\u00fccher.example")).isEqualTo("xn--bcher-kva.example");
        assertThat(HostName.canonical("XN--BCHER-KVA.example")).isEqualTo("xn--bcher-kva.example");
        // Full width letters, digits and dots are the same ones in another width.
        assertThat(HostName.canonical("\uff45xample.com")).isEqualTo("example.com");
        assertThat(HostName.canonical("\uff11\uff12\uff17\u3002\uff10\uff0e0.1"))
                .isEqualTo("127.0.0.1");
        // A Cyrillic letter is another letter.
        assertThat(HostName.canonical("\u0435xample.com")).isEqualTo("xn--xample-2of.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a..b",
                "-a.example",
                "a-.example",
                "a b",
                "a/b",
                "a@b",
                "a:80",
                "*.example.com",
                "a%2e.example",
                "0177.0.0.1",
                "127.0.0.01",
                "00",
                "0x",
                "256.0.0.1",
                "1.2.3.4.5",
                "127.0.0.256",
                "127.0.65536",
                "4294967296",
                "127.0.0.0x",
                "a.1",
                "[127.0.0.1]",
                "[example.com]",
                "[::1",
                "::1]",
                "[fe80::1%eth0]",
                "[fe80::1%25eth0]",
                "[:::1]",
                "[1:2:3:4:5:6:7]",
                "[::g]",
                "[]",
                "a\u0000b",
                "\u2024"
            })
    void whatIsNoHostOrHasTwoReadingsHasNone(String host) {
        assertThat(HostName.canonical(host)).isNull();
    }

    @Test
    void aNameHasAtMost253Characters() {
        String label = "a".repeat(63);
        String longest = label + "." + label + "." + label + "." + "a".repeat(61);
        assertThat(HostName.canonical(longest)).isEqualTo(longest);
        assertThat(HostName.canonical(longest + "a")).isNull();
        assertThat(HostName.canonical("a".repeat(64) + ".example")).isNull();
    }
}
