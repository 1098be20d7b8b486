package dev.holdfast.core.response;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.ServiceException;
import dev.holdfast.core.outcome.StopReason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No answer forges a line of a log, clears a screen or turns a text around, wherever it puts its characters. */
class ForgedLinesTest {

    @ParameterizedTest
    @ValueSource(
            ints = {0, 7, '\b', '\t', '\n', '\r', 0x1b, 0x7f, 0x85, 0x9b, 0x200b, 0x2028, 0x2029, 0x202e, 0x2066, 0xfeff
            })
    void noControlCharacterComesOut(int control) {
        String forged = "a" + (char) control + "2026-11-29 ERROR all is lost";
        ServiceError error = ServiceError.of(forged, forged)
                .withTarget(forged)
                .withFurther(List.of(new ServiceError.Further(forged, forged, forged)))
                .with(Map.of("id", forged), Map.of());
        assertThat(error.toString())
                .doesNotContain(String.valueOf((char) control))
                .contains("a 2026-11-29 ERROR");
        Decision decision = Decision.of(Verdict.fail(), ErrorKind.INVALID_REQUEST, "test/rule", "Mend it.", "test")
                .withError(error);
        String shown = new ServiceException(400, decision, Outcome.of("a/b", "read", StopReason.FAILED)).getMessage();
        assertThat(shown).doesNotContain(String.valueOf((char) control)).contains(": a 2026-11-29 ERROR");
    }
}
