package dev.holdfast.testkit.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.backoff.Backoff;
import dev.holdfast.core.call.Access;
import dev.holdfast.core.error.Kind;
import dev.holdfast.core.error.Pace;
import dev.holdfast.core.error.Rule;
import dev.holdfast.core.gate.GateSettings;
import dev.holdfast.core.Gates;
import dev.holdfast.core.time.Scheduler;
import dev.holdfast.core.time.VirtualTime;
import java.net.URI;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings that cannot be are refused at once, or at the latest when built, with a sentence: the argument, the value, the rule. */
class ValidationTest {
    private static Arguments bad(String sentence, UnaryOperator<Holdfast.Builder> change) {
        return Arguments.of(sentence, change);
    }

    static Stream<Arguments> settings() {
        Duration minute = Duration.ofMinutes(1);
        Rule rule = Rule.on(404).retry(Kind.NOT_READY);
        return Stream.of(
                bad("maxAttempts must be 1 to 100, but is 0", b -> b.maxAttempts(0)),
                bad("maxAttempts must be 1 to 100, but is 101", b -> b.maxAttempts(101)),
                bad("deadline must be above zero and at most .*, but is PT0S", b -> b.deadline(Duration.ZERO)),
                bad("attemptTimeout must be above zero .*, but is PT-1M", b -> b.attemptTimeout(minute.negated())),
                bad("hintCap must not be negative, but is PT-1M", b -> b.hintCap(minute.negated())),
                bad(
                        "patience is for STARTUP and MAINTENANCE, but the pace is TRANSIENT.*",
                        b -> b.patience(Pace.TRANSIENT, minute)),
                bad("patience must not be negative, but is PT-1M", b -> b.patience(Pace.STARTUP, minute.negated())),
                bad(
                        "patience for MAINTENANCE must be zero or at least PT1M10S, which azure/imds documents, but is PT1M",
                        b -> b.patience(Pace.MAINTENANCE, minute)),
                bad(
                        "base must be above zero, but is PT0S",
                        b -> b.backoff(Pace.THROTTLE, Backoff.fullJitter(Duration.ZERO, minute))),
                bad(
                        "cap must be at least the base \\(PT1M\\), but is PT1S",
                        b -> b.backoff(Pace.THROTTLE, Backoff.equalJitter(minute, Duration.ofSeconds(1)))),
                bad(
                        "concurrency must be 0 \\(no limit\\) to 10000, but is -1",
                        b -> b.gate("default", GateSettings.OPEN.withConcurrency(-1))),
                bad(
                        "rate must be at least 1 call in a period above zero, but is 0 in PT1M",
                        b -> b.gate("default", GateSettings.OPEN.withRate(0, minute))),
                bad(
                        "name \"mine\" is taken by another rule",
                        b -> b.rule("mine", rule).rule("mine", rule)),
                bad(".*name.*", b -> b.rule(" ", rule)),
                bad(".*endpoint.*ftp.*", b -> b.endpoint(URI.create("ftp://127.0.0.1"))),
                bad(".*endpoint.*/path.*", b -> b.endpoint(URI.create("http://127.0.0.1/path"))));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void aSentenceNamesArgumentValueAndRule(String sentence, UnaryOperator<Holdfast.Builder> change) {
        assertThatThrownBy(
                        () -> change.apply(Holdfast.builder(AzureImds.SERVICE)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(thrown -> assertThat(thrown.getMessage()).matches(sentence));
    }

    @Test
    void settingsThatContradictAnOpenGateNameBoth() {
        Gates gates = Gates.isolated();
        GateSettings wide = GateSettings.OPEN.withConcurrency(7);
        Holdfast first = Holdfast.builder(AzureImds.SERVICE).gates(gates).build();
        Access.of(first).gate(AzureImds.SERVICE.operations().get(0), "127.0.0.1:80");
        Holdfast second = first.toBuilder().gate("default", wide).build();
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Access.of(second).gate(AzureImds.SERVICE.operations().get(0), "127.0.0.1:80"))
                .withMessageContaining("PT0.21S")
                .withMessageContaining("concurrency=7");
    }

    @Test
    void toBuilderKeepsTheGatesAndEverythingElse() {
        VirtualTime time = VirtualTime.skipping();
        Holdfast one = AzureImds.background()
                .clock(time)
                .scheduler(time)
                .endpoint(URI.create("http://127.0.0.1:9"))
                .withoutBudget()
                .build();
        Holdfast other = one.toBuilder().build();
        assertThat(Access.of(other).gate(AzureImds.SERVICE.operations().get(0), "a:80"))
                .isSameAs(Access.of(one).gate(AzureImds.SERVICE.operations().get(0), "a:80"));
        assertThat(other.policy()).hasToString(one.policy().toString());
        assertThat(other.endpoint()).isEqualTo(one.endpoint());
        assertThat(Access.of(other).clock()).isSameAs(time);
        assertThat(Access.of(other).budget()).isFalse();
    }

    @Test
    void aClockThatIsASchedulerEndsTheWaitsToo() {
        VirtualTime time = VirtualTime.skipping();
        assertThat(scheduler(Holdfast.builder(AzureImds.SERVICE).clock(time))).isSameAs(time);
        Scheduler own = VirtualTime.skipping();
        assertThat(scheduler(Holdfast.builder(AzureImds.SERVICE).clock(time).scheduler(own)))
                .isSameAs(own);
        assertThat(scheduler(Holdfast.builder(AzureImds.SERVICE))).isSameAs(Scheduler.shared());
    }

    private static Scheduler scheduler(Holdfast.Builder builder) {
        return Access.of(builder.build()).scheduler();
    }
}
