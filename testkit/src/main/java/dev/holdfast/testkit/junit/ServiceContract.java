package dev.holdfast.testkit.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.holdfast.core.Operation;
import dev.holdfast.core.Outcome;
import dev.holdfast.core.Service;
import dev.holdfast.core.error.Answer;
import dev.holdfast.core.error.CatalogueRow;
import dev.holdfast.core.error.Decision;
import dev.holdfast.core.error.HeaderFields;
import dev.holdfast.core.error.Kind;
import dev.holdfast.core.error.Verdict;
import dev.holdfast.core.time.Randomness;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

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
 *     protected Answer render(int status, @Nullable String code, String message) {
 *         return Answer.of(status, HeaderFields.of("Content-Type", "application/json"), …);
 *     }
 * }
 * }</pre>
 *
 * <p>Several hundred tests in a few seconds; no waits.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
public abstract class ServiceContract {
    private static final int MUTATIONS = 300;
    private static final int ASYNC_EVERY = 5;
    private static final int[] HOSTILE_STATUSES = {400, 401, 403, 404, 418, 429, 500, 503};
    private static final String SECRET = "c2VjcmV0LXZhbHVl";
    private static final byte[] SIGN_IN =
            "<!DOCTYPE html><html><head><title>Sign in to the network</title></head><body>Sign in</body></html>"
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8);

    private @Nullable ContractBench bench;

    /** For subclasses. */
    protected ServiceContract() {}

    /**
     * The service under test.
     *
     * @return the service, the same each time
     */
    protected abstract Service service();

    /**
     * One request for each operation.
     *
     * @return operation's id to the head of a request: {@code GET /path?query}, and a line a header where headers tell the operation. Without
     *     operations, one request under {@code other}
     */
    protected abstract Map<String, String> requests();

    /**
     * How the service says an error on the wire, with its usual headers.
     *
     * @param status the status; of a 2xx, a success that is a failure
     * @param code the code as a row has it, with something in the place of its {@code *}; null for an answer without one
     * @param message the sentence, with values in its places
     * @return the answer, its body whole
     */
    protected abstract Answer render(int status, @Nullable String code, String message);

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
            Answer answer = render(sample.status(), row.code(), row.message());
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
                    sample(row, request);
                }
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> anotherSpellingIsTheSameSentence() {
        return rows().filter(row -> row.row().message() != null).map(row -> dynamicTest(row.toString(), () -> {
            Sample sample = sample(row);
            for (String message : row.otherSpellings()) {
                check(row, decide(render(sample.status(), row.code(), message), sample.request()));
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> anUnknownSentenceFallsBackAsDocumented() {
        return rows().filter(row -> row.row().message() != null).map(row -> dynamicTest(row.toString(), () -> {
            Sample sample = sample(row);
            Decision decision = decide(render(sample.status(), row.code(), ContractRow.WORDS), sample.request());
            assertNotNull(decision, "an answer of an unknown sentence counts as a success");
            String fault = new ContractFallback(row, sample.status(), sample.request()).fault(decision);
            assertEquals("", fault, "decided by " + decision.rule());
        }));
    }

    @Test
    void everyStatusIsDecided() {
        for (int status = 100; status < 600; status++) {
            for (Answer answer : List.of(Answer.of(status), render(status, null, ContractRow.WORDS), page(status))) {
                assertComplete(service().decide(answer));
                for (ContractRequest request : asked()) {
                    assertComplete(service().decide(answer, request.view()));
                    service().inspect(answer, request.view());
                }
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> hostileBodiesAreLeftToTheStatus() {
        return HostileBodies.all().entrySet().stream().map(body -> dynamicTest(body.getKey(), () -> {
            for (ContractRequest request : asked()) {
                for (int status : HOSTILE_STATUSES) {
                    Answer usual = render(status, null, ContractRow.WORDS);
                    Answer hostile = Answer.of(status, usual.headers(), body.getValue(), true);
                    assertLikeTheStatus(
                            service().decide(hostile, request.view()), service().decide(usual, request.view()));
                }
                service().inspect(Answer.of(200, HeaderFields.empty(), body.getValue(), false), request.view());
            }
        }));
    }

    @Test
    void hostileBodiesOnASocketAreReadToTheLimitOnly() throws Exception {
        ContractRequest request = asked().get(0);
        byte[] bomb = HostileBodies.gzip(HostileBodies.tenMebibytes());
        for (int status : HOSTILE_STATUSES) {
            Decision usual = service().decide(render(status, null, ContractRow.WORDS), request.view());
            assertLikeTheStatus(last(bench().ask(request, status, HostileBodies.tenMebibytes())), usual);
            assertLikeTheStatus(last(bench().ask(request, status, bomb)), usual);
            assertLikeTheStatus(last(bench().ask(request, status, bomb, "Content-Encoding", "gzip")), usual);
        }
    }

    @Test
    void damagedDocumentsAreDecidedWithoutAnException() {
        long seed = Randomness.threadLocal().nextLong();
        List<byte[]> documents = rows().map(row -> render(sample(row).status(), row.code(), row.message())
                        .body())
                .toList();
        int n = 0;
        for (byte[] damaged : HostileBodies.mutations(documents, seed, MUTATIONS)) {
            ContractRequest request = asked().get(n % asked().size());
            int status = HOSTILE_STATUSES[n++ % HOSTILE_STATUSES.length];
            HeaderFields headers = render(status, null, ContractRow.WORDS).headers();
            try {
                assertComplete(service().decide(Answer.of(status, headers, damaged, true), request.view()));
                service().inspect(Answer.of(200, headers, damaged, true), request.view());
            } catch (RuntimeException e) {
                throw new AssertionError("damaged document number " + n + " of seed " + seed, e);
            }
        }
    }

    @Test
    void aPageOfSomebodyElseNeverRenewsACredential() {
        for (int status = 300; status < 600; status++) {
            for (ContractRequest request : asked()) {
                Verdict verdict = service().decide(page(status), request.view()).verdict();
                assertFalse(
                        verdict instanceof Verdict.Reauthenticate,
                        "a login page of status " + status + " must not renew a credential in operation "
                                + request.operation() + "; ForeignCheck.webPages() recognises it");
            }
        }
    }

    @Test
    void nothingThatIsPrintedHoldsASecret() throws Exception {
        for (ContractRequest request : asked()) {
            Answer usual = render(401, null, ContractRow.WORDS);
            List<String> headers = new ArrayList<>(List.of("Set-Cookie", SECRET, "X-Token", SECRET));
            usual.headers().asMap().forEach((name, values) -> headers.addAll(List.of(name, values.get(0))));
            Answer answer =
                    Answer.of(401, HeaderFields.of(headers.toArray(new String[0])), usual.body(), usual.complete());
            Outcome outcome = Objects.requireNonNull(bench().ask(request.withSecret(SECRET), answer, false));
            for (Object said : List.of(
                    service(),
                    service().operation(request.view()),
                    bench().holdfast(),
                    request.withSecret(SECRET).view(),
                    answer,
                    last(outcome),
                    outcome,
                    outcome.table(),
                    outcome.json())) {
                assertFalse(said.toString().contains(SECRET), said.getClass() + " holds a secret in its text");
            }
        }
    }

    private record Sample(ContractRequest request, int status) {}

    /** A request and a status for which the row itself decides. */
    private Sample sample(ContractRow row) {
        List<String> deciding = new ArrayList<>();
        for (ContractRequest request : asked()) {
            for (int status : row.holdsFor(request) ? row.statuses().toArray() : new int[0]) {
                Decision decision = decide(render(status, row.code(), row.message()), request);
                String rule = decision == null ? "nothing: it counts as a success" : decision.rule();
                if (rule.equals(row.rule())) {
                    return new Sample(request, status);
                }
                deciding.add(rule);
            }
        }
        throw new AssertionError("row " + row + " never decides; in its place: "
                + deciding.stream().distinct().limit(3).toList());
    }

    private void sample(ContractRow row, ContractRequest request) {
        String last = "";
        for (int status : row.statuses().toArray()) {
            Decision decision = decide(render(status, row.code(), row.message()), request);
            last = decision == null ? "nothing: it counts as a success" : decision.rule();
            if (row.isOrHasTwin(last, request)) {
                return;
            }
        }
        boolean inspected = service().operation(request.view()).inspectSuccess();
        boolean success = row.statuses().allMatch(status -> status / 100 == 2);
        assertTrue(success && !inspected, "row " + row + " is hidden in operation " + request.operation() + " by " + last);
    }

    private static void check(ContractRow row, @Nullable Decision decision) {
        assertNotNull(decision, "the answer counts as a success");
        assertEquals(row.rule(), decision.rule());
        assertEquals(row.row().verdict(), decision.verdict());
        assertEquals(row.row().kind(), decision.kind());
        assertEquals(row.row().pace(), decision.pace());
        assertEquals(row.row().didNothing(), decision.didNothing());
    }

    private static void assertComplete(Decision decision) {
        assertFalse(decision.advice().isBlank());
        assertFalse(decision.source().isBlank());
        assertEquals(decision.isRetry(), decision.pace() != null);
    }

    /** Or it is somebody else's, which is never worse. */
    private static void assertLikeTheStatus(Decision decision, Decision usual) {
        assertComplete(decision);
        boolean foreign = decision.kind() == Kind.INTERMEDIARY && !(decision.verdict() instanceof Verdict.Reauthenticate);
        assertTrue(
                foreign || decision.verdict().equals(usual.verdict()),
                () -> decision.rule() + " decides " + decision.verdict() + " instead of " + usual.verdict());
    }

    private @Nullable Decision ask(ContractRequest request, Answer answer, boolean async) throws Exception {
        return Objects.requireNonNull(bench().ask(request, answer, async)).decision();
    }

    private static Decision last(@Nullable Outcome outcome) {
        return Objects.requireNonNull(Objects.requireNonNull(outcome).decision());
    }

    private @Nullable Decision decide(Answer answer, ContractRequest request) {
        return ContractRow.decide(service(), answer, request);
    }

    private static Answer page(int status) {
        return Answer.of(status, HeaderFields.of("Content-Type", "text/html", "Via", "1.1 gate"), SIGN_IN, true);
    }

    private Stream<ContractRow> rows() {
        return ContractRow.of(service()).stream();
    }

    private List<ContractRequest> asked() {
        return requests().entrySet().stream()
                .map(entry -> ContractRequest.parse(entry.getKey(), entry.getValue()))
                .toList();
    }

    private ContractBench bench() {
        return Objects.requireNonNull(bench, "the bench is opened before all tests");
    }
}
