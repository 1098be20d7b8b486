package dev.holdfast.core.internal.decide;

import static dev.holdfast.core.spi.Dialects.context;
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
import dev.holdfast.core.spi.Dialects;
import dev.holdfast.core.spi.ErrorDialect;
import dev.holdfast.core.spi.ErrorDialect.Context;
import dev.holdfast.core.spi.ErrorDialect.Intermediary;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Law 2. */
class DecisionPipelineTest {
    private static final ErrorDialect STANDARD = ErrorDialect.standard();
    private static final Catalogue CATALOGUE = Tables.of(
            "row|-|401|Busy|Disk {0} is busy|reauthenticate:credential|unauthenticated|-|no",
            "default|-|401|-|-|retry|unavailable|-|unknown");

    @Test
    void rulesThenVetoThenCatalogueThenTheGeneralTable() {
        Rule first = Rule.on(401).code("Busy").fail(ErrorKind.CONFLICT).named("first");
        Rule second = Rule.onAny().fail(ErrorKind.BILLING).named("second");
        ErrorDialect proxied = Dialects.intermediary(context -> Intermediary.fail("proxy", "a", "s"));
        assertThat(rule(List.of(first, second), proxied, CATALOGUE)).isEqualTo("user/first");
        assertThat(rule(List.of(second, first), proxied, CATALOGUE)).isEqualTo("user/second");
        assertThat(rule(List.of(), proxied, CATALOGUE)).isEqualTo("test/service/foreign-proxy");
        assertThat(rule(List.of(), STANDARD, CATALOGUE)).isEqualTo("test/service/row");
        assertThat(rule(List.of(), STANDARD, Catalogue.empty())).isEqualTo("default/401");
    }

    private static String rule(List<Rule> rules, ErrorDialect dialect, Catalogue catalogue) {
        ServiceError error = ServiceError.of("Busy", "Disk 7 is busy");
        return new DecisionPipeline("test/service", List.of(), dialect, catalogue)
                .withRules(rules)
                .decided(context(ResponseView.of(401)).about(error), null)
                .rule();
    }

    @Test
    void userRulesMayBeAddedLater() {
        DecisionPipeline plain = new DecisionPipeline("test/service", List.of(), STANDARD, CATALOGUE);
        List<Rule> rules =
                new ArrayList<>(List.of(Rule.onAny().fail(ErrorKind.BILLING).named("mine")));
        DecisionPipeline mine = plain.withRules(rules);
        rules.clear();
        assertThat(mine.decided(context(ResponseView.of(500)).about(ServiceError.none()), null)
                        .rule())
                .isEqualTo("user/mine");
        assertThat(plain.decided(context(ResponseView.of(500)).about(ServiceError.none()), null)
                        .rule())
                .isEqualTo("default/500");
        assertThat(mine.withRules(List.of())
                        .decided(context(ResponseView.of(500)).about(ServiceError.none()), null)
                        .rule())
                .isEqualTo("default/500");
        assertThat(plain.withRules(List.of())).isSameAs(plain);
    }

    @Test
    void aRulesFaultIsAskedToo() {
        DecisionPipeline mine = new DecisionPipeline("test/service", List.of(), STANDARD, CATALOGUE)
                .withRules(List.of(
                        Rule.onAny().fail(ErrorKind.BILLING).named("answers"),
                        Rule.onFault(ErrorKind.UNREACHABLE)
                                .operation("disks")
                                .fail(ErrorKind.NOT_CONFIGURED)
                                .named("faults")));
        assertThat(mine.decide(new ConnectException("x"), "disks", null).rule()).isEqualTo("user/faults");
        assertThat(mine.decide(new ConnectException("x"), "vms", null).rule()).isEqualTo("fault/connect");
        assertThat(mine.decide(new IOException("x"), "disks", null).kind()).isEqualTo(ErrorKind.NOT_CONFIGURED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aVetoNeverReauthenticates(boolean retry) {
        Intermediary proxy = retry
                ? Intermediary.retry("proxy", "advice", "source")
                : Intermediary.fail("proxy", "advice", "source");
        DecisionPipeline classifier =
                new DecisionPipeline("test/service", List.of(), Dialects.intermediary(context -> proxy), CATALOGUE);
        for (int status = 100; status <= 999; status++) {
            Decision decision = classifier.decided(
                    context(ResponseView.of(status)).about(ServiceError.of("Busy", "Disk 7 is busy")), null);
            assertThat(decision.verdict())
                    .as("attempts bound a retry")
                    .isEqualTo(retry ? Verdict.retry(Pace.TRANSIENT) : Verdict.fail());
            assertThat(decision.kind()).isEqualTo(ErrorKind.INTERMEDIARY);
            assertThat(decision.processed()).isEqualTo(Processed.UNKNOWN);
            assertThat(decision.advice()).isEqualTo("advice");
            assertThat(decision.source()).isEqualTo("source");
        }
    }

    @Test
    void theCheckSeesAnswerErrorAndRequest() {
        List<Object> seen = new ArrayList<>();
        ErrorDialect dialect = Dialects.intermediary(context -> {
            seen.addAll(List.of(context.response(), context.request(), context.now(), context.error()));
            return null;
        });
        ResponseView answer = ResponseView.of(500);
        ServiceError error = ServiceError.text("x");
        RequestView request = RequestView.of("GET", "/");
        new DecisionPipeline("test/service", List.of(), dialect, CATALOGUE)
                .decided(ErrorDialect.Context.of(answer, request, Instant.MAX).about(error), "disks");
        assertThat(seen).containsExactly(answer, request, Instant.MAX, error);
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
        DecisionPipeline classifier = new DecisionPipeline("test/service", List.of(), STANDARD, CATALOGUE);
        for (int status = 100; status <= 999; status++) {
            Decision silent =
                    classifier.decided(context(ResponseView.of(status)).about(ServiceError.none()), null);
            for (String body : new String[] {
                text, "{\"error\":\"" + text + "\"}", "{\"code\":\"Retry\",\"message\":\"" + text + "\"}"
            }) {
                ResponseView answer = ResponseView.of(status, HeaderFields.empty(), body);
                Decision told = classifier.decide(context(answer), null);
                assertThat(told)
                        .usingRecursiveComparison()
                        .ignoringFields("error")
                        .isEqualTo(silent);
            }
        }
    }

    @Test
    void everyStatusDecides() {
        DecisionPipeline classifier = new DecisionPipeline("test/service", List.of(), STANDARD, Catalogue.empty());
        IntStream.concat(
                        IntStream.rangeClosed(100, 999),
                        IntStream.of(Integer.MIN_VALUE, -1, 0, 99, 1000, Integer.MAX_VALUE))
                .forEach(status -> {
                    Decision decision =
                            classifier.decided(context(ResponseView.of(status)).about(ServiceError.none()), null);
                    assertThat(decision.rule()).isEqualTo("default/" + status);
                    assertThat(decision.advice()).isNotBlank();
                    assertThat(decision.source()).isNotBlank();
                    assertThat(decision.pace().isPresent()).isEqualTo(decision.isRetry());
                    Decision coded = classifier.decided(
                            context(ResponseView.of(status)).about(ServiceError.of("Unheard" + status, "Unheard of")),
                            "any");
                    assertThat(coded.verdict()).isEqualTo(decision.verdict());
                    assertThat(coded.kind()).isEqualTo(decision.kind());
                });
    }

    @Test
    void theCatalogueIsAskedForTheCodeThatTheDialectNames() {
        ErrorDialect dialect = new ErrorDialect() {
            @Override
            public String catalogueCode(Context context) {
                return context.response().headers().first("Slow-Down") == null
                        ? context.error().code()
                        : "Throttling";
            }
        };
        DecisionPipeline pipeline = new DecisionPipeline(
                "test/service",
                List.of(),
                dialect,
                Tables.of("slow|-|*|Throttling|-|retry|throttled|-|no", "bad|-|400|Bad|-|fail|unknown|-|no"));
        Context slow = context(ResponseView.of(400, HeaderFields.of("slow-down", "1"), ""));

        assertThat(pipeline.decided(slow.about(ServiceError.of("Bad", null)), null)
                        .rule())
                .endsWith("/slow");
        assertThat(pipeline.decided(slow.about(ServiceError.of("Bad", null)), null)
                        .error()
                        .code())
                .isEqualTo("Bad");
        assertThat(pipeline.decided(slow.about(ServiceError.none()), null).rule())
                .endsWith("/slow");
        assertThat(pipeline.decided(context(ResponseView.of(400)).about(ServiceError.of("Bad", null)), null)
                        .rule())
                .endsWith("/bad");
    }

    /** Counts how often each method is asked. */
    private static final class Counting implements ErrorDialect {
        private final List<String> asked = new ArrayList<>();
        private final ServiceError error;

        Counting(ServiceError error) {
            this.error = error;
        }

        @Override
        public ServiceError error(Context context) {
            asked.add("error");
            return error;
        }

        @Override
        public ServiceError failure(Context context) {
            asked.add("failure");
            return error;
        }

        @Override
        public Intermediary intermediary(Context context) {
            asked.add("intermediary");
            return null;
        }

        @Override
        public Duration retryAfter(Context context) {
            asked.add("retryAfter");
            return Duration.ofSeconds(2);
        }

        @Override
        public String catalogueCode(Context context) {
            asked.add("catalogueCode");
            return context.error().code();
        }
    }

    @Test
    void eachStepIsTakenOnceAndInItsOrder() {
        Counting dialect = new Counting(ServiceError.of("Busy", "Wait"));
        DecisionPipeline pipeline =
                new DecisionPipeline("test/service", List.of("x-request-id"), dialect, Catalogue.empty());

        Decision decision = pipeline.decide(context(ResponseView.of(503)), null);

        assertThat(dialect.asked).containsExactly("error", "intermediary", "catalogueCode", "retryAfter");
        assertThat(decision.verdict()).isEqualTo(Verdict.retry(Pace.TRANSIENT, Duration.ofSeconds(2)));
        assertThat(decision.error()).as("nothing was added to it").isSameAs(dialect.error);
        dialect.asked.clear();
        pipeline.decide(context(ResponseView.of(404)), null);
        assertThat(dialect.asked).containsExactly("error", "intermediary", "catalogueCode");
        dialect.asked.clear();
        pipeline.inspect(context(ResponseView.of(200)), null);
        assertThat(dialect.asked).containsExactly("failure", "intermediary", "catalogueCode");
        dialect.asked.clear();
        pipeline.withRules(List.of(Rule.onAny().fail(ErrorKind.BILLING).named("mine")))
                .decide(context(ResponseView.of(503)), null);
        assertThat(dialect.asked).containsExactly("error");
    }

    @Test
    void idsAndWhatATemplateCapturesAreAddedToTheError() {
        ErrorDialect dialect = Dialects.error(response ->
                ServiceError.of("Busy", "Disk 7 is busy").withTarget("disks").withRequestIds(Map.of("trace", "t-1")));
        DecisionPipeline pipeline =
                new DecisionPipeline("test/service", List.of("X-Request-Id", "X-Other-Id"), dialect, CATALOGUE);

        ServiceError error = pipeline.decide(
                        context(ResponseView.of(401, HeaderFields.of("x-request-id", " r-1 ", "x-other-id", " "), "")),
                        null)
                .error();

        assertThat(error.requestIds()).containsExactly(Map.entry("trace", "t-1"), Map.entry("X-Request-Id", "r-1"));
        assertThat(error.captured()).isEqualTo(Map.of("0", "7"));
        assertThat(error.code()).isEqualTo("Busy");
        assertThat(error.target()).isEqualTo("disks");
    }

    @Test
    void aDateCountsFromTheTimeThatTheDialectReads() {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        ErrorDialect dialect = new ErrorDialect() {
            @Override
            public Instant serverTime(Context context) {
                return start;
            }
        };
        DecisionPipeline pipeline = new DecisionPipeline("test/service", List.of(), dialect, Catalogue.empty());
        Context late = context(ResponseView.of(
                503,
                HeaderFields.of(
                        "Date", "Thu, 01 Jan 2026 09:00:00 GMT", "Retry-After", "Thu, 01 Jan 2026 00:00:09 GMT"),
                ""));

        assertThat(pipeline.serverTime(late)).isEqualTo(start);
        assertThat(pipeline.decide(late, null).retryAfter()).contains(Duration.ofSeconds(9));
    }

    /** The header of the service itself counts, with a refusal for the state of a resource; what lasts stays a failure. */
    @ParameterizedTest
    @ValueSource(ints = {409, 423})
    void aStatedWaitIsBelievedWhereAStateIsTheReason(int status) {
        Catalogue catalogue =
                Tables.of("lasting|-|*|Unpaid|-|fail|billing|-|no", "state|-|*|Attached|-|fail|conflict|-|unknown");
        for (String code : new String[] {"\"Unheard\"", "\"Attached\"", "null"}) {
            Decision decision = stated(status, code, catalogue, STANDARD, List.of(), "Retry-After", "7");

            assertThat(decision.verdict()).isEqualTo(Verdict.retry(Pace.TRANSIENT, Duration.ofSeconds(7)));
            assertThat(decision.kind()).isEqualTo(ErrorKind.CONFLICT);
            assertThat(decision.processed()).isEqualTo(Processed.NO);
        }
        List<Rule> mine = List.of(Rule.on(status).fail(ErrorKind.CONFLICT).named("mine"));
        ErrorDialect proxied = Dialects.intermediary(context -> Intermediary.fail("proxy", "a", "s"));
        assertThat(stated(status, "\"Unpaid\"", catalogue, STANDARD, List.of(), "Retry-After", "7")
                        .isRetry())
                .isFalse();
        assertThat(stated(status, "\"X\"", catalogue, STANDARD, mine, "Retry-After", "7")
                        .isRetry())
                .isFalse();
        assertThat(stated(status, "\"X\"", catalogue, proxied, List.of(), "Retry-After", "7")
                        .isRetry())
                .isFalse();
        assertThat(stated(status, "\"X\"", catalogue, STANDARD, List.of(), "Retry-After", "soon")
                        .isRetry())
                .isFalse();
        assertThat(stated(status, "\"X\"", catalogue, STANDARD, List.of()).isRetry())
                .isFalse();
    }

    @Test
    void aBodyThatIsTooLargeForNowMayBeSentLater() {
        Catalogue catalogue = Tables.of(
                "lasting|-|*|Unpaid|-|fail|billing|-|no", "limit|-|413|BodyTooLarge|-|fail|invalid_request|-|no");
        assertThat(stated(413, "\"X\"", catalogue, STANDARD, List.of(), "Retry-After", "7")
                        .verdict())
                .isEqualTo(Verdict.retry(Pace.TRANSIENT, Duration.ofSeconds(7)));
        assertThat(stated(413, "\"X\"", catalogue, STANDARD, List.of()).isRetry())
                .isFalse();
        assertThat(stated(413, "\"Unpaid\"", catalogue, STANDARD, List.of(), "Retry-After", "7")
                        .isRetry())
                .isFalse();
        assertThat(stated(413, "\"BodyTooLarge\"", catalogue, STANDARD, List.of(), "Retry-After", "7")
                        .isRetry())
                .isFalse();
    }

    @Test
    void aStatedWaitDoesNotMakeAnotherStatusARetry() {
        for (int status : new int[] {400, 403, 404, 412, 422, 428}) {
            assertThat(stated(status, "\"X\"", Catalogue.empty(), STANDARD, List.of(), "Retry-After", "7")
                            .isRetry())
                    .as("%d", status)
                    .isFalse();
        }
    }

    private static Decision stated(
            int status, String code, Catalogue catalogue, ErrorDialect dialect, List<Rule> rules, String... headers) {
        String body = "{\"code\":" + code + ",\"message\":\"please retry later\"}";
        return new DecisionPipeline("test/service", List.of(), dialect, catalogue)
                .withRules(rules)
                .decide(context(ResponseView.of(status, HeaderFields.of(headers), body)), null);
    }
}
