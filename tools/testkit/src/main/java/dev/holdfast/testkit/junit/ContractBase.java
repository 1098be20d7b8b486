package dev.holdfast.testkit.junit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Service;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the parts of the contract share: the service under test, and a server that plays it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
abstract class ContractBase {
    private @Nullable ContractBench bench;

    /**
     * The service under test.
     *
     * @return the service
     */
    protected abstract Service service();

    /**
     * One request of each operation.
     *
     * @return operation's id to method and path
     */
    protected abstract Map<String, String> requests();

    /**
     * How an error of this service looks on the wire.
     *
     * @param status the HTTP status
     * @param code the vendor's code, or null
     * @param message the vendor's sentence
     * @return the answer
     */
    protected abstract ResponseView render(int status, @Nullable String code, String message);

    @BeforeAll
    void open() throws IOException {
        bench = new ContractBench(service());
    }

    @AfterAll
    void close() {
        if (bench != null) {
            bench.close();
        }
    }

    record Sample(ContractRequest request, int status) {}

    /** A request and a status for which the row itself decides. */
    Sample sample(ContractRow row) {
        List<String> deciding = new ArrayList<>();
        String blame = "";
        for (ContractRequest request : asked()) {
            for (int status : row.holdsFor(request) ? row.statuses().toArray() : new int[0]) {
                Decision decision = decide(render(status, row.code(), row.message()), request);
                String rule = decision == null ? "nothing: it counts as a success" : decision.rule();
                if (rule.equals(row.rule())) {
                    return new Sample(request, status);
                }
                deciding.add(rule);
                blame = blame.isEmpty() ? ContractBlame.of(row, decision) : blame;
            }
        }
        throw new AssertionError("row " + row + " never decides; in its place: "
                + deciding.stream().distinct().limit(3).toList() + blame);
    }

    /** Fails unless the row, or a sharper twin of it, decides in this operation. */
    void assertNotHidden(ContractRow row, ContractRequest request) {
        String last = "";
        String blame = "";
        for (int status : row.statuses().toArray()) {
            Decision decision = decide(render(status, row.code(), row.message()), request);
            last = decision == null ? "nothing: it counts as a success" : decision.rule();
            if (row.isOrHasTwin(last, request)) {
                return;
            }
            blame = ContractBlame.of(row, decision);
        }
        boolean inspected = service().operation(request.view()).inspectSuccess();
        boolean success = row.statuses().allMatch(status -> status / 100 == 2);
        assertTrue(
                success && !inspected,
                "row " + row + " is hidden in operation " + request.operation() + " by " + last + blame);
    }

    static Decision last(@Nullable Outcome outcome) {
        return Objects.requireNonNull(Objects.requireNonNull(outcome).decision());
    }

    @Nullable
    Decision decide(ResponseView answer, ContractRequest request) {
        return ContractBlame.asking(() -> ContractRow.decide(service(), answer, request));
    }

    Stream<ContractRow> rows() {
        return ContractRow.of(service()).stream();
    }

    /** One for each operation, and one of no operation where the service leaves room for such. */
    List<ContractRequest> asked() {
        Stream<ContractRequest> named = requests().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> ContractRequest.parse(entry.getKey(), entry.getValue()));
        ContractRequest other = ContractRequest.parse("other", "OPTIONS /elsewhere");
        boolean free = service().operation(other.view()).id().equals("other");
        return Stream.concat(named, free ? Stream.of(other) : Stream.empty()).toList();
    }

    ContractBench bench() {
        return Objects.requireNonNull(bench, "the bench is opened before all tests");
    }
}
