package dev.holdfast.core.internal.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.catalogue.Catalogue;
import dev.holdfast.core.catalogue.Tables;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.decision.Rule;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.spi.BodyParser;
import dev.holdfast.core.spi.ForeignCheck;
import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Law 2. */
class DecisionPipelineTest {
    private static final ForeignCheck NOBODY = (answer, error, request) -> null;
    private static final Catalogue CATALOGUE = Tables.of(
            "row|-|401|Busy|Disk {0} is busy|reauthenticate:credential|unauthenticated|-|no",
            "default|-|401|-|-|retry|unavailable|-|unknown");

    @Test
    void rulesThenVetoThenCatalogueThenTheGeneralTable() {
        Rule first = Rule.on(401).code("Busy").fail(ErrorKind.CONFLICT).named("first");
        Rule second = Rule.onAny().fail(ErrorKind.BILLING).named("second");
        ForeignCheck foreign = (answer, error, request) -> new ForeignCheck.Foreign("proxy", false, "a", "s");
        assertThat(rule(List.of(first, second), foreign, CATALOGUE)).isEqualTo("user/first");
        assertThat(rule(List.of(second, first), foreign, CATALOGUE)).isEqualTo("user/second");
        assertThat(rule(List.of(), foreign, CATALOGUE)).isEqualTo("test/service/foreign-proxy");
        assertThat(rule(List.of(), NOBODY, CATALOGUE)).isEqualTo("test/service/row");
        assertThat(rule(List.of(), NOBODY, Catalogue.empty())).isEqualTo("default/401");
    }

    private static String rule(List<Rule> rules, ForeignCheck foreign, Catalogue catalogue) {
        ServiceError error = ServiceError.of("Busy", "Disk 7 is busy");
        return new DecisionPipeline("test/service", rules, BodyParser.lenient(), foreign, catalogue)
                .decide(ResponseView.of(401), error, null, null)
                .rule();
    }

    @Test
    void userRulesMayBeAddedLater() {
        DecisionPipeline plain =
                new DecisionPipeline("test/service", List.of(), BodyParser.lenient(), NOBODY, CATALOGUE);
        List<Rule> rules =
                new ArrayList<>(List.of(Rule.onAny().fail(ErrorKind.BILLING).named("mine")));
        DecisionPipeline mine = plain.withRules(rules);
        rules.clear();
        assertThat(mine.decide(ResponseView.of(500), ServiceError.none(), null, null)
                        .rule())
                .isEqualTo("user/mine");
        assertThat(plain.decide(ResponseView.of(500), ServiceError.none(), null, null)
                        .rule())
                .isEqualTo("default/500");
        assertThat(mine.withRules(List.of())
                        .decide(ResponseView.of(500), ServiceError.none(), null, null)
                        .rule())
                .isEqualTo("default/500");
        assertThat(plain.withRules(List.of())).isSameAs(plain);
    }

    @Test
    void aRulesFaultIsAskedToo() {
        DecisionPipeline mine = new DecisionPipeline(
                "test/service",
                List.of(
                        Rule.onAny().fail(ErrorKind.BILLING).named("answers"),
                        Rule.onFault(ErrorKind.UNREACHABLE)
                                .operation("disks")
                                .fail(ErrorKind.NOT_CONFIGURED)
                                .named("faults")),
                BodyParser.lenient(),
                NOBODY,
                CATALOGUE);
        assertThat(mine.decide(new ConnectException("x"), "disks", null).rule()).isEqualTo("user/faults");
        assertThat(mine.decide(new ConnectException("x"), "vms", null).rule()).isEqualTo("fault/connect");
        assertThat(mine.decide(new IOException("x"), "disks", null).kind()).isEqualTo(ErrorKind.NOT_CONFIGURED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aVetoNeverReauthenticates(boolean retry) {
        ForeignCheck foreign = (answer, error, request) -> new ForeignCheck.Foreign("proxy", retry, "advice", "source");
        DecisionPipeline classifier =
                new DecisionPipeline("test/service", List.of(), BodyParser.lenient(), foreign, CATALOGUE);
        for (int status = 100; status <= 999; status++) {
            Decision decision =
                    classifier.decide(ResponseView.of(status), ServiceError.of("Busy", "Disk 7 is busy"), null, null);
            assertThat(decision.verdict()).isEqualTo(retry ? Verdict.retry() : Verdict.fail());
            assertThat(decision.pace()).as("a retry is bounded by attempts").isEqualTo(retry ? Pace.TRANSIENT : null);
            assertThat(decision.kind()).isEqualTo(ErrorKind.INTERMEDIARY);
            assertThat(decision.processed()).isEqualTo(Processed.UNKNOWN);
            assertThat(decision.advice()).isEqualTo("advice");
            assertThat(decision.source()).isEqualTo("source");
        }
    }

    @Test
    void theCheckSeesAnswerErrorAndRequest() {
        List<Object> seen = new ArrayList<>();
        ForeignCheck foreign = (answer, error, request) -> {
            seen.addAll(List.of(answer, error, request));
            return null;
        };
        ResponseView answer = ResponseView.of(500);
        ServiceError error = ServiceError.text("x");
        RequestView request = RequestView.of("GET", "/");
        new DecisionPipeline("test/service", List.of(), BodyParser.lenient(), foreign, CATALOGUE)
                .decide(answer, error, "disks", request);
        assertThat(seen).containsExactly(answer, error, request);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Please retry later",
                "retry",
                "RETRY RETRY RETRY",
                "Please fix the request and retry.",
                "Do not retry",
                "Retry-After: 5",
                "throttled, too many requests, try again"
            })
    void theWordRetryDecidesNothing(String text) {
        DecisionPipeline classifier =
                new DecisionPipeline("test/service", List.of(), BodyParser.lenient(), NOBODY, CATALOGUE);
        for (int status = 100; status <= 999; status++) {
            Decision silent = classifier.decide(ResponseView.of(status), ServiceError.none(), null, null);
            for (String body : new String[] {
                text, "{\"error\":\"" + text + "\"}", "{\"code\":\"Retry\",\"message\":\"" + text + "\"}"
            }) {
                ResponseView answer = ResponseView.of(status, HeaderFields.empty(), body);
                Decision told = classifier.decide(answer, classifier.read(answer), null, null);
                assertThat(told)
                        .usingRecursiveComparison()
                        .ignoringFields("error")
                        .isEqualTo(silent);
            }
        }
    }

    @Test
    void everyStatusDecides() {
        DecisionPipeline classifier =
                new DecisionPipeline("test/service", List.of(), BodyParser.lenient(), NOBODY, Catalogue.empty());
        IntStream.concat(
                        IntStream.rangeClosed(100, 999),
                        IntStream.of(Integer.MIN_VALUE, -1, 0, 99, 1000, Integer.MAX_VALUE))
                .forEach(status -> {
                    Decision decision = classifier.decide(ResponseView.of(status), ServiceError.none(), null, null);
                    assertThat(decision.rule()).isEqualTo("default/" + status);
                    assertThat(decision.advice()).isNotBlank();
                    assertThat(decision.source()).isNotBlank();
                    assertThat(decision.pace() != null).isEqualTo(decision.isRetry());
                    Decision coded = classifier.decide(
                            ResponseView.of(status), ServiceError.of("Unheard" + status, "Unheard of"), "any", null);
                    assertThat(coded.verdict()).isEqualTo(decision.verdict());
                    assertThat(coded.kind()).isEqualTo(decision.kind());
                });
    }

    @Test
    void aParserThatThrowsHasReadNothing() {
        ResponseView answer = ResponseView.of(503, HeaderFields.empty(), "CANARY");
        for (BodyParser parser : new BodyParser[] {
            a -> {
                throw new IllegalStateException("CANARY");
            },
            a -> {
                throw new StringIndexOutOfBoundsException(3);
            },
            a -> null
        }) {
            DecisionPipeline classifier = new DecisionPipeline("test/service", List.of(), parser, NOBODY, CATALOGUE);
            assertThat(classifier.read(answer)).isEqualTo(ServiceError.none());
        }
    }
}
