package dev.holdfast.core.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.outcome.CredentialException;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the log says of a failed fetch: its type, and the text of a CredentialException, by which the author of a fetch says what may be logged. */
class FailureTextTest {
    private static final String HINT =
            " (its text is not logged, because it may quote a secret; what a CredentialException says is)";

    private static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new IllegalStateException("PLANTED"), "java.lang.IllegalStateException" + HINT),
                Arguments.of(new IllegalStateException(), "java.lang.IllegalStateException" + HINT),
                Arguments.of(new IOException("GET https://x/?sig=PLANTED"), "java.io.IOException" + HINT),
                Arguments.of(
                        new CredentialException("my/source: the vault is sealed", null),
                        "dev.holdfast.core.outcome.CredentialException: my/source: the vault is sealed"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void noTextIsLoggedThatMayQuoteASecret(Throwable failure, String text) {
        assertThat(FailureText.of(failure)).isEqualTo(text);
    }
}
