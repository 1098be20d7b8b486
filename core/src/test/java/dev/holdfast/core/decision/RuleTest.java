package dev.holdfast.core.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.holdfast.core.decision.Rule.Condition;
import dev.holdfast.core.internal.decide.TransportFaultRules;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ServiceError;
import java.io.IOException;
import java.net.ConnectException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTest {
    private static final ServiceError ERROR = ServiceError.of("Disk.Busy", "Disk 7 is busy");
    private static final RequestView REQUEST = RequestView.of("GET", "/disks/7?a=b");

    @ParameterizedTest
    @MethodSource
    void everyConditionNarrows(Condition fits, Condition doesNot) {
        assertThat(matches(fits.fail(ErrorKind.CONFLICT))).isTrue();
        assertThat(matches(doesNot.fail(ErrorKind.CONFLICT))).isFalse();
    }

    static Stream<Arguments> everyConditionNarrows() {
        return Stream.of(
                arguments(Rule.on(409), Rule.on(400)),
                arguments(Rule.onAny(), Rule.onFault(ErrorKind.UNREACHABLE)),
                arguments(Rule.onAny().code("disk.busy"), Rule.onAny().code("Disk.Busy.Now")),
                arguments(Rule.onAny().code("Disk.*"), Rule.onAny().code("Disk")),
                arguments(
                        Rule.onAny().message("Disk {n} is busy."), Rule.onAny().message("Disk {n} is idle")),
                arguments(Rule.onAny().operation("disks"), Rule.onAny().operation("vms")),
                arguments(Rule.onAny().path("/disks/7"), Rule.onAny().path("/disks")),
                arguments(Rule.onAny().path("/disks/*"), Rule.onAny().path("/vms/*")),
                arguments(Rule.onAny().method("get"), Rule.onAny().method("POST")),
                arguments(
                        Rule.on(409).code("*").path("*").method("GET"),
                        Rule.on(409).code("*").method("PUT")));
    }

    private static Decision decided(Rule rule) {
        return rule.named("mine").decide(409, ERROR, "disks", REQUEST).about(ERROR);
    }

    private static Decision fault(ErrorKind kind) {
        return Decision.of(Verdict.fail(), kind, "rule", "advice", "source");
    }

    private static boolean matches(Rule rule) {
        return rule.decide(409, ERROR, "disks", REQUEST) != null;
    }

    @ParameterizedTest
    @MethodSource
    void whatIsNotKnownDoesNotMatch(Rule rule) {
        assertThat(rule.decide(409, ServiceError.none(), null, null)).isNull();
    }

    static Stream<Rule> whatIsNotKnownDoesNotMatch() {
        return Stream.<Function<Condition, Condition>>of(
                        c -> c.code("*"),
                        c -> c.message("{a} b"),
                        c -> c.operation("disks"),
                        c -> c.path("*"),
                        c -> c.method("GET"))
                .map(narrow -> narrow.apply(Rule.onAny()).fail(ErrorKind.CONFLICT));
    }

    @ParameterizedTest
    @EnumSource(names = {"THROTTLED", "UNAVAILABLE", "INVALID_REQUEST", "INTERMEDIARY", "UNREACHABLE", "UNKNOWN"})
    void aRuleForFaultsLooksAtTheKindTheyHave(ErrorKind kind) {
        Rule rule = Rule.onFault(kind).method("GET").fail(ErrorKind.FORBIDDEN);
        for (ErrorKind other : ErrorKind.values()) {
            assertThat(rule.decideFault(fault(other), null, REQUEST) != null).isEqualTo(other == kind);
        }
        assertThat(rule.decideFault(fault(kind), null, RequestView.of("PUT", "/")) != null)
                .isFalse();
        assertThat(Rule.onAny().fail(ErrorKind.CONFLICT).decideFault(fault(kind), null, null) != null)
                .isFalse();
    }

    @Test
    void decides() {
        Rule rule = Rule.on(409)
                .message("Disk {n} is busy")
                .notProcessed()
                .advice("Free the disk.")
                .retry(ErrorKind.NOT_CONFIGURED, Pace.STARTUP);
        Decision decision = decided(rule);
        assertThat(decision.rule()).isEqualTo("user/mine");
        assertThat(decision.verdict()).isEqualTo(Verdict.retry(Pace.STARTUP));
        assertThat(decision.kind()).isEqualTo(ErrorKind.NOT_CONFIGURED);
        assertThat(decision.processed()).isEqualTo(Processed.NO);
        assertThat(decision.advice()).isEqualTo("Free the disk.");
        assertThat(decision.error().captured()).containsEntry("n", "7");
    }

    @Test
    void whatARuleDoesNotSayHasADefault() {
        Decision decision = decided(Rule.on(409).retry(ErrorKind.THROTTLED));
        assertThat(decision.pace()).contains(Pace.THROTTLE);
        assertThat(decision.processed()).isEqualTo(Processed.UNKNOWN);
        assertThat(decision.advice()).isNotBlank();
        assertThat(decision.error()).isEqualTo(ERROR);
        assertThat(decided(Rule.onAny().fail(ErrorKind.BILLING)).pace()).isEmpty();
    }

    @Test
    void whatIsKnownOfAFaultStays() {
        Decision usual = TransportFaultRules.decide(new ConnectException("refused"));
        Decision silent = Rule.onFault(ErrorKind.UNREACHABLE)
                .fail(ErrorKind.NOT_CONFIGURED)
                .named("mine")
                .decideFault(usual, null, null);
        assertThat(silent.processed()).isEqualTo(Processed.NO);
        assertThat(silent.advice()).isEqualTo(usual.advice());
        assertThat(silent.verdict()).isEqualTo(Verdict.fail());
        Decision outspoken = Rule.onFault(ErrorKind.UNREACHABLE)
                .advice("Look.")
                .retry(ErrorKind.NOT_READY)
                .named("mine")
                .decideFault(TransportFaultRules.decide(new IOException("lost")), null, null);
        assertThat(outspoken.advice()).isEqualTo("Look.");
        assertThat(outspoken.processed()).isEqualTo(Processed.UNKNOWN);
        assertThat(outspoken.pace()).contains(Pace.STARTUP);
    }

    @ParameterizedTest
    @EnumSource(Verdict.Renewal.class)
    void mayReauthenticate(Verdict.Renewal what) {
        Decision decision = decided(Rule.on(409).reauthenticate(what));
        assertThat(decision.verdict()).isEqualTo(Verdict.reauthenticate(what));
        assertThat(decision.kind())
                .isEqualTo(what == Verdict.Renewal.CREDENTIAL ? ErrorKind.UNAUTHENTICATED : ErrorKind.EXPIRED);
    }

    /** A rule is immutable, although the condition that made it is not. */
    @Test
    void aConditionThatIsUsedOnDoesNotChangeTheRulesItMade() {
        Condition condition = Rule.on(409);
        Rule any = condition.fail(ErrorKind.CONFLICT);
        Rule coded = condition.code("Other").advice("Later.").fail(ErrorKind.CONFLICT);
        assertThat(matches(any)).isTrue();
        assertThat(matches(coded)).isFalse();
        assertThat(decided(any).advice()).isNotEqualTo("Later.");
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 99, 1000})
    void theStatusMustBeOne(int status) {
        refused(() -> Rule.on(status), "status must be 100 to 999, but is " + status);
        assertThat(Rule.on(100).fail(ErrorKind.CONFLICT).decide(100, ERROR, null, null))
                .isNotNull();
        assertThat(Rule.on(999).fail(ErrorKind.CONFLICT).decide(999, ERROR, null, null))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void whatIsNamedMustNotBeBlank(String blank) {
        refused(() -> Rule.onAny().code(blank), "code must not be blank, but is \"" + blank + "\"");
        refused(() -> Rule.onAny().operation(blank), "operation must not be blank, but is \"" + blank + "\"");
        refused(() -> Rule.onAny().path(blank), "path must not be blank, but is \"" + blank + "\"");
        refused(() -> Rule.onAny().method(blank), "method must not be blank, but is \"" + blank + "\"");
        refused(() -> Rule.onAny().advice(blank), "advice must not be blank, but is \"" + blank + "\"");
        refused(
                () -> Rule.onAny().fail(ErrorKind.CONFLICT).named(blank),
                "name must not be blank, but is \"" + blank + "\"");
    }

    /** Without this a rule for faults with a code would silently be one for all faults. */
    @Test
    void faultsHaveNeitherCodeNorMessage() {
        String why = " is for answers, but this rule is for faults of kind UNREACHABLE, which nobody answered";
        refused(() -> Rule.onFault(ErrorKind.UNREACHABLE).code("A"), "code" + why);
        refused(() -> Rule.onFault(ErrorKind.UNREACHABLE).message("A"), "message" + why);
    }

    @Test
    void whatIsMissingIsNamed() {
        missing(() -> Rule.onFault(null), "fault");
        missing(() -> Rule.onAny().fail(null), "kind");
        missing(() -> Rule.onAny().retry(null), "kind");
        missing(() -> Rule.onAny().retry(ErrorKind.CONFLICT, null), "pace");
        missing(() -> Rule.onAny().reauthenticate(null), "what");
    }

    private static void refused(ThrowingCallable call, String sentence) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(sentence);
    }

    private static void missing(ThrowingCallable call, String argument) {
        assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(argument + " must not be null");
    }
}
