package dev.holdfast.emulators.seeds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import okhttp3.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All 293 rows of the five documents, as an agent would meet them: values in the places, on a socket, blocking and not. */
class SeedRowsTest {
    private static SeedServer server;

    @BeforeAll
    static void open() throws IOException {
        server = new SeedServer();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    static List<SeedRow> rows() {
        return SeedRow.all();
    }

    @Test
    void thereAre293() {
        assertThat(rows()).hasSize(293).doesNotHaveDuplicates();
        assertThat(count(SeedRow::verdict)).isEqualTo(Map.of("fail", 253L, "retry", 35L, "reauthenticate", 5L));
        assertThat(count(SeedRow::service))
                .isEqualTo(Map.of(
                        SeedService.AZURE_IMDS, 14L,
                        SeedService.VM_INSPECTOR, 39L,
                        SeedService.IBM, 12L,
                        SeedService.IMETAL, 23L,
                        SeedService.SLB, 205L));
    }

    @Test
    void noPlaceIsLeftEmptyAndEveryFormOccurs() {
        assertThat(rows())
                .allSatisfy(row -> assertThat(row.sentence())
                        .doesNotContainPattern("<[A-Z]\\w+>|\\{[^}]*\\}|%s|…|ParameterName\\b(?!.*\\d)|, \\.\\.\\.")
                        .doesNotContain("\t"));
        List<String> forms = List.of(
                "<ParameterName>",
                "\"ParameterName\"",
                "{0}",
                "{location}",
                "[{id}, ...]",
                "{error details}",
                "%s",
                "…");
        assertThat(forms)
                .allSatisfy(form -> assertThat(rows())
                        .anySatisfy(row -> assertThat(row.template()).contains(form)));
    }

    @Test
    void eachRowIsARuleOfItsOwn() throws IOException {
        Set<String> rules = new HashSet<>();
        for (SeedRow row : rows()) {
            try (Response response = server.execute(row, row.sentence())) {
                rules.add(decision(response).rule());
            }
        }
        assertThat(rules).hasSize(293);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void getsItsVerdict(SeedRow row) throws IOException {
        try (Response response = server.execute(row, row.sentence())) {
            check(row, response);
            assertThat(response.code()).isEqualTo(row.status());
            assertThat(response.body().string()).isEqualTo(row.body(row.sentence()));
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void getsItsVerdictWithoutBlocking(SeedRow row) throws Exception {
        try (Response response = server.enqueue(row, row.sentence())) {
            check(row, response);
            assertThat(response.body().string()).isEqualTo(row.body(row.sentence()));
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void getsItsVerdictInAnotherSpelling(SeedRow row) throws Exception {
        for (boolean async : new boolean[] {false, true}) {
            try (Response response =
                    async ? server.enqueue(row, row.otherwise()) : server.execute(row, row.otherwise())) {
                assertThat(known(row, response).error().message())
                        .isEqualTo(row.otherwise().strip());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void withAnUnknownSentenceFallsBackAsDocumented(SeedRow row) throws IOException {
        try (Response response = server.execute(row, SeedRow.UNKNOWN)) {
            Decision decision = decision(response);
            assertThat(decision.verdict().id()).as(decision.rule()).isEqualTo(row.fallback());
            assertThat(decision.rule()).startsWith(row.service().service.id() + "/");
            assertThat(decision.error().message()).isEqualTo(SeedRow.UNKNOWN);
        }
    }

    private static void check(SeedRow row, Response response) {
        Decision decision = known(row, response);
        assertThat(decision.error().message()).isEqualTo(row.sentence().strip());
        assertThat(decision.error().captured().values()).containsExactlyElementsOf(Placeholders.values(row.template()));
    }

    /** Its own row decided, not a fallback. */
    private static Decision known(SeedRow row, Response response) {
        Decision decision = decision(response);
        assertThat(decision.verdict().id()).as(decision.rule()).isEqualTo(row.verdict());
        assertThat(decision.source()).startsWith("seed ");
        assertThat(decision.rule())
                .startsWith(row.service().service.id() + "/")
                .doesNotContain("@", "/status-", "foreign");
        assertThat(decision.error().code()).isEqualTo(row.code());
        assertThat(decision.advice()).isNotBlank();
        return decision;
    }

    private static Decision decision(Response response) {
        Outcome outcome = HoldfastOkHttp.outcomeOf(response);
        assertThat(outcome.attempts()).hasSize(1);
        return outcome.decision();
    }

    private static <K> Map<K, Long> count(Function<SeedRow, K> by) {
        return rows().stream().collect(Collectors.groupingBy(by, Collectors.counting()));
    }
}
