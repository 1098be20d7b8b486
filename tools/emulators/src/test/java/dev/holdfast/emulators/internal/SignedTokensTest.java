package dev.holdfast.emulators.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.time.VirtualTime;
import dev.holdfast.emulators.internal.SignedTokens.State;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignedTokensTest {
    private final VirtualTime time = VirtualTime.manual();
    private final SignedTokens tokens = new SignedTokens(time);
    private final String token = issue();

    private String issue() {
        return tokens.issue(Map.of("sub", "agent"), time.now().plusSeconds(60));
    }

    private State state(String text) {
        return tokens.read(text).state();
    }

    @Test
    void isGoodUntilItExpires() throws Exception {
        assertThat(tokens.read(token).claims().path("sub").asText()).isEqualTo("agent");
        time.advance(Duration.ofMillis(59_999));
        assertThat(state(token)).isEqualTo(State.GOOD);
        time.advance(Duration.ofMillis(1));
        assertThat(state(token)).isEqualTo(State.EXPIRED);
    }

    @Test
    void isKnownOnlyWhereItWasIssuedAndOnlyAsItWas() {
        assertThat(new SignedTokens(time).read(token).state()).isEqualTo(State.UNKNOWN);
        String[] parts = token.split("\\.");
        String others =
                new SignedTokens(time).issue(Map.of("sub", "root"), time.now().plusSeconds(60));
        assertThat(state(parts[0] + "." + others.split("\\.")[1] + "." + parts[2]))
                .isEqualTo(State.UNKNOWN);
        for (String broken :
                new String[] {"", ".", "a.b.c", parts[0], parts[0] + "." + parts[2], token + "x", token + "."}) {
            assertThat(state(broken)).as(broken).isEqualTo(State.UNKNOWN);
        }
    }

    @Test
    void whatWasIssuedExpiresAndWhatComesLaterIsGood() {
        tokens.expireAll();
        assertThat(state(token)).isEqualTo(State.EXPIRED);
        assertThat(state(issue())).isEqualTo(State.GOOD);
    }

    @Test
    void anOldKeyIsKnownForTheOverlap() throws Exception {
        tokens.rotate(Duration.ofSeconds(30));
        assertThat(state(token)).isEqualTo(State.GOOD);
        assertThat(state(issue())).isEqualTo(State.GOOD);
        time.advance(Duration.ofSeconds(30));
        assertThat(state(token)).isEqualTo(State.UNKNOWN);
    }
}
