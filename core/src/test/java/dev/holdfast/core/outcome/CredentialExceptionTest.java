package dev.holdfast.core.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CredentialExceptionTest {
    @Test
    void keepsItsMessageAndCause() {
        IllegalStateException down = new IllegalStateException("down");
        CredentialException thrown = new CredentialException("no token", down);
        assertThat(thrown).hasMessage("no token").hasCause(down);
        assertThat(thrown.isTooSoon()).isFalse();
    }

    @Test
    void saysWhichSourceWasAskedTooSoon() {
        CredentialException thrown = CredentialException.tooSoon("test/token");
        assertThat(thrown)
                .hasMessage("test/token was refused and replaced a moment ago; not asking again yet")
                .hasNoCause();
        assertThat(thrown.isTooSoon()).isTrue();
    }
}
