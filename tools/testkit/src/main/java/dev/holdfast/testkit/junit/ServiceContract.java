package dev.holdfast.testkit.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.holdfast.core.catalogue.CatalogueRow;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Service;
import dev.holdfast.testkit.VendorSentence;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every service must hold: its rows decide what they say, over a real socket too, none hides another, and nothing that comes
 * over the wire makes it throw. Extend it in the tests of a vendor's module:
 *
 * <pre>{@code
 * class CloudMetadataContractTest extends ServiceContract {
 *     @Override
 *     protected Service service() {
 *         return CloudMetadata.SERVICE;
 *     }
 *
 *     @Override
 *     protected Map<String, String> requests() {
 *         return Map.of("token", "PUT /v1/token", "metadata", "GET /v1/instance");
 *     }
 *
 *     @Override
 *     protected ResponseView render(int status, @Nullable String code, String message) {
 *         return ResponseView.of(status, HeaderFields.of("Content-Type", "application/json"), …);
 *     }
 * }
 * }</pre>
 *
 * <p>Several hundred tests in a few seconds; no waits.
 */
public abstract class ServiceContract extends AnyAnswerContract {
    private static final int ASYNC_EVERY = 5;

    /** For subclasses. */
    protected ServiceContract() {}

    /**
     * The service under test.
     *
     * @return the service, the same each time
     */
    @Override
    protected abstract Service service();

    /**
     * One request for each operation.
     *
     * @return operation's id to the head of a request: {@code GET /path?query}, and a line a header where headers tell the operation. Without
     *     operations, one request under {@code other}
     */
    @Override
    protected abstract Map<String, String> requests();

    /**
     * How the service says an error on the wire, with its usual headers.
     *
     * @param status the status; of a 2xx, a success that is a failure
     * @param code the code as a row has it, with something in the place of its {@code *}; null for an answer without one
     * @param message the sentence, with values in its places
     * @return the answer, its body whole
     */
    @Override
    protected abstract ResponseView render(int status, @Nullable String code, String message);

    @Test
    void theRequestsAreThoseOfTheOperations() {
        Set<String> declared =
                service().operations().stream().map(Operation::id).collect(Collectors.toSet());
        assertFalse(requests().isEmpty(), "requests() must hold one request for each operation, or one under other");
        asked().forEach(request -> assertEquals(
                request.operation(),
                service().operation(request.view()).id(),
                "operation of " + request.method() + " " + request.target()));
        declared.removeAll(requests().keySet());
        assertEquals(Set.of(), declared, "operations without a request in requests()");
    }

    @Test
    void rowsAreComplete() {
        Set<String> ids = new HashSet<>();
        Set<String> declared =
                service().operations().stream().map(Operation::id).collect(Collectors.toSet());
        for (CatalogueRow row : service().catalogue().rows()) {
            assertTrue(ids.add(row.id()), row.id() + " stands twice");
            assertTrue(declared.containsAll(row.operations()), row.id() + " is for an operation that is not declared");
            assertFalse(row.source().isBlank(), row.id() + " has no source");
            if (row.message() != null) {
                String message = row.message().text();
                assertEquals(VendorSentence.normal(message), message, row.id() + " is not written in normal form");
            }
            assertTrue(isOneSentence(row.advice()), row.id() + " needs one sentence of advice: " + row.advice());
        }
    }

    private static boolean isOneSentence(String advice) {
        return advice.endsWith(".") && !advice.matches(".*[a-z0-9)]\\. +[A-Z].*");
    }

    @TestFactory
    Stream<DynamicTest> everyRowGetsItsDecisionOverASocket() {
        return rows().map(row -> dynamicTest(row.toString(), () -> {
            Sample sample = sample(row);
            ResponseView answer = render(sample.status(), row.code(), row.message());
            check(row, ask(sample.request(), answer, false));
            if (Math.floorMod(row.row().id().hashCode(), ASYNC_EVERY) == 0) {
                check(row, ask(sample.request(), answer, true));
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> noRowHidesAnother() {
        return rows().map(row -> dynamicTest(row.toString(), () -> {
            for (ContractRequest request : asked()) {
                if (row.holdsFor(request)) {
                    assertNotHidden(row, request);
                }
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> anotherSpellingIsTheSameSentence() {
        return rows().filter(row -> row.row().message() != null)
                .map(row -> dynamicTest(row.toString(), () -> {
                    Sample sample = sample(row);
                    for (String message : row.otherSpellings()) {
                        check(row, decide(render(sample.status(), row.code(), message), sample.request()));
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> anUnknownSentenceFallsBackAsDocumented() {
        return rows().filter(row -> row.row().message() != null)
                .map(row -> dynamicTest(row.toString(), () -> {
                    Sample sample = sample(row);
                    Decision decision =
                            decide(render(sample.status(), row.code(), ContractRow.WORDS), sample.request());
                    assertNotNull(decision, "an answer of an unknown sentence counts as a success");
                    String fault = new ContractFallback(row, sample.status(), sample.request()).fault(decision);
                    String blame = ContractBlame.foreign(decision);
                    assertEquals("", fault, "decided by " + decision.rule() + blame);
                }));
    }

    private static void check(ContractRow row, @Nullable Decision decision) {
        assertNotNull(decision, "the answer counts as a success" + ContractBlame.of(row, null));
        assertEquals(row.rule(), decision.rule(), () -> "the rule that decides" + ContractBlame.of(row, decision));
        assertEquals(row.row().verdict(), withoutRetryAfter(decision.verdict()));
        assertEquals(row.row().kind(), decision.kind());
        assertEquals(row.row().processed(), decision.processed());
    }

    /** A row has no retry-after; a sample's headers or sentence may. */
    private static Verdict withoutRetryAfter(Verdict verdict) {
        return verdict instanceof Verdict.Retry retry ? Verdict.retry(retry.pace()) : verdict;
    }

    private @Nullable Decision ask(ContractRequest request, ResponseView answer, boolean async) throws Exception {
        return Objects.requireNonNull(bench().ask(request, answer, async)).decision();
    }
}
