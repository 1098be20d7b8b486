package dev.holdfast.core;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.catalogue.Catalogue;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Rule;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Service;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Settings that can never take effect are refused when they are made. */
class SettingsCheckTest {
    private static final Service CONTROL = Service.builder("test/control")
            .baseUrl("https://control.example.com")
            .operation(Operation.named("read").methods("GET").category("reads"))
            .operation(Operation.named("create").methods("POST").category("writes"))
            .build();

    private static Holdfast.Builder builder() {
        return Holdfast.builder(CONTROL);
    }

    private static void refuses(ThrowingCallable made, String... words) {
        assertThatThrownBy(made).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(words);
    }

    @Test
    void anOperationThatTheServiceDoesNotHave() {
        refuses(
                () -> builder()
                        .rule("mine", Rule.on(404).operation("raed").retry(ErrorKind.NOT_READY))
                        .build(),
                "rule \"mine\"",
                "[create, read]",
                "\"raed\"");
        assertThatCode(() -> builder()
                        .rule("mine", Rule.on(404).operation("read").retry(ErrorKind.NOT_READY))
                        .rule("rest", Rule.on(404).operation("other").retry(ErrorKind.NOT_READY))
                        .build())
                .doesNotThrowAnyException();
    }

    @Test
    void aCategoryThatNoOperationHas() {
        refuses(
                () -> builder().limits("read", Limits.NONE.concurrency(1)).build(),
                "[default, reads, writes]",
                "\"read\"");
        assertThatCode(() -> builder()
                        .limits("reads", Limits.NONE.concurrency(1))
                        .limits("default", Limits.NONE.concurrency(1))
                        .build())
                .doesNotThrowAnyException();
    }

    @Test
    void aRuleAboutASuccessThatIsNotLookedInto() {
        refuses(
                () -> builder()
                        .rule("mine", Rule.on(200).retry(ErrorKind.NOT_READY))
                        .build(),
                "rule \"mine\"",
                "inspectSuccess");
        Service inspecting = Service.builder("test/inspecting")
                .baseUrl("https://control.example.com")
                .operation(Operation.named("read").inspectSuccess())
                .build();
        assertThatCode(() -> Holdfast.builder(inspecting)
                        .rule("mine", Rule.on(200).retry(ErrorKind.NOT_READY))
                        .build())
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"THROTTLED", "UNAVAILABLE", "INVALID_REQUEST", "INTERMEDIARY", "UNREACHABLE", "UNKNOWN"})
    void aKindThatNoFaultHas(ErrorKind kind) {
        refuses(() -> Rule.onFault(kind), "fault must be a kind of transport faults", kind.toString(), "onAny()");
    }

    @Test
    void noConcurrencyAtAll() {
        refuses(() -> Limits.NONE.concurrency(0), "concurrency must be 1 to 10000, but is 0");
    }

    @Test
    void aTableWithAMistake() {
        refuses(
                () -> Catalogue.of(
                        "test/broken",
                        "id\toperation\tstatus\tcode\tmessage\tverdict\tkind\tpace\tprocessed\tadvice\tsource\n"
                                + "busy\t-\t503\t-\t-\tretry\tthrotled\t-\tno\tWait.\ttest (2026)\n"),
                "test/broken",
                "throtled");
    }

    /** They are warned of, which EventsAndLogsTest reads in the log. */
    @Test
    void timesThatContradictEachOtherAreNoMistakeToRefuse() {
        assertThatCode(() -> builder()
                        .deadline(Duration.ofSeconds(1))
                        .attemptTimeout(Duration.ofSeconds(60))
                        .build())
                .doesNotThrowAnyException();
    }
}
