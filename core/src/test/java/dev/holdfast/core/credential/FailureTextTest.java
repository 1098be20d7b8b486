package dev.holdfast.core.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.outcome.CredentialException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the log says of a failed fetch: its author's own text, and nothing that a client may have quoted. */
class FailureTextTest {
    private static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        new IllegalStateException("vault is sealed"),
                        "java.lang.IllegalStateException: vault is sealed"),
                Arguments.of(
                        new IllegalStateException("vault\nWARN forged\u202e"),
                        "java.lang.IllegalStateException: vault WARN forged "),
                Arguments.of(
                        new IllegalStateException("x".repeat(300)),
                        "java.lang.IllegalStateException: " + "x".repeat(200)),
                Arguments.of(new IllegalStateException(), "java.lang.IllegalStateException"),
                Arguments.of(new IOException("GET https://x/?sig=PLANTED"), "java.io.IOException"),
                Arguments.of(new UncheckedIOException(new IOException("PLANTED")), "java.io.UncheckedIOException"),
                Arguments.of(
                        new IllegalStateException("PLANTED", new IOException("x")), "java.lang.IllegalStateException"),
                Arguments.of(
                        new IllegalArgumentException("Unexpected char in PLANTED"),
                        "java.lang.IllegalArgumentException"),
                Arguments.of(
                        new CredentialException("my/source: no role", null),
                        "dev.holdfast.core.outcome.CredentialException: my/source: no role"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void theAuthorsOwnTextIsShown(Throwable failure, String text) {
        assertThat(FailureText.of(failure)).isEqualTo(text);
    }
}
