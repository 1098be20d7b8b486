package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.internal.time.Durations;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of limits in docs/retrying.md says what the services do; the column of sources is written by hand. */
class LimitsDocsTest {
    private static final String HEAD =
            "| service | operations | rate | at once | waits after a throttle | a pause holds | source |";

    @Test
    void theTableSaysWhatTheServicesDo() throws IOException {
        List<String> page = Files.readAllLines(Path.of("..", "..", "docs", "retrying.md"));
        assertThat(page).contains(HEAD);
        List<String> rows = page.stream()
                .skip(page.indexOf(HEAD) + 2L)
                .takeWhile(line -> line.startsWith("|"))
                .toList();

        assertThat(rows.stream().map(LimitsDocsTest::withoutSource))
                .containsExactlyElementsOf(KnownServices.all().stream()
                        .sorted(Comparator.comparing(Service::id))
                        .flatMap(service -> rows(service).stream())
                        .toList());
        assertThat(rows)
                .allSatisfy(row -> assertThat(
                                row.substring(withoutSource(row).length()).strip())
                        .as("source of %s", row)
                        .matches(".{10,} \\|"));
    }

    private static String withoutSource(String row) {
        int end = row.lastIndexOf('|', row.length() - 2);
        return row.substring(0, end + 1);
    }

    /** One row for the operations that share a limiter. */
    private static List<String> rows(Service service) {
        Map<String, List<String>> categories = new LinkedHashMap<>();
        for (Operation operation : service.operations()) {
            categories
                    .computeIfAbsent(operation.category(), name -> new ArrayList<>())
                    .add("`" + operation.id() + "`");
        }
        List<String> rows = new ArrayList<>();
        categories.forEach((category, operations) -> {
            Limits limits = service.limits(category);
            String rate = limits.interval() == null ? "-" : "one every " + Durations.text(limits.interval());
            String atOnce = limits.concurrency() == 0 ? "-" : String.valueOf(limits.concurrency());
            rows.add("| `" + service.id() + "` | " + String.join(", ", operations) + " | " + rate + " | " + atOnce
                    + " | " + throttle(service) + " | " + scope(service) + " |");
        });
        return rows;
    }

    private static String throttle(Service service) {
        Backoff.EqualJitter backoff = (Backoff.EqualJitter) service.policy().backoff(Pace.THROTTLE);
        return "from " + Durations.text(backoff.range(0).least()) + " to " + Durations.text(backoff.cap());
    }

    /** What of a request, if it differs, frees it from a pause that the other was told. */
    private static String scope(Service service) {
        Map<String, List<String>> scopes = new LinkedHashMap<>();
        scopes.put(
                "subscription",
                List.of(of(service, "/subscriptions/one/x", ""), of(service, "/subscriptions/two/x", "")));
        scopes.put(
                "project",
                List.of(
                        of(service, "/v1/" + "1".repeat(32) + "/x", ""),
                        of(service, "/v1/" + "2".repeat(32) + "/x", "")));
        scopes.put("API", List.of(of(service, "/?Action=One", ""), of(service, "/?Action=Two", "")));
        scopes.put("credential source", List.of(of(service, "/", "one"), of(service, "/", "two")));
        String scope = scopes.entrySet().stream()
                .filter(entry ->
                        !entry.getValue().get(0).equals(entry.getValue().get(1)))
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(" and "));
        return scope.isEmpty() ? "the host" : scope;
    }

    private static String of(Service service, String target, String principal) {
        return service.throttleScope(RequestView.of("GET", target), principal);
    }
}
