package dev.holdfast.testkit.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.response.Document;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The part of the contract about answers that nobody has documented. */
abstract class AnyAnswerContract extends ContractBase {
    private static final int MUTATIONS = 300;
    private static final int[] HOSTILE_STATUSES = {400, 401, 403, 404, 418, 429, 500, 503};
    private static final String SECRET = "c2VjcmV0LXZhbHVl";
    private static final byte[] SIGN_IN =
            "<!DOCTYPE html><html><head><title>Sign in to the network</title></head><body>Sign in</body></html>"
                    .getBytes(StandardCharsets.UTF_8);

    @Test
    void everyStatusIsDecided() {
        for (int status = 100; status < 600; status++) {
            for (ResponseView answer :
                    List.of(ResponseView.of(status), render(status, null, ContractRow.WORDS), page(status))) {
                assertComplete(ContractBlame.asking(() -> service().decide(answer)));
                for (ContractRequest request : asked()) {
                    DialectCheck.assertNothingThrows(service().dialect(), answer, request.view());
                    assertComplete(decided(answer, request));
                    inspected(answer, request);
                }
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> hostileBodiesAreLeftToTheStatus() {
        return HostileBodies.all().entrySet().stream()
                .map(body -> dynamicTest(body.getKey(), () -> {
                    for (ContractRequest request : asked()) {
                        for (int status : HOSTILE_STATUSES) {
                            ResponseView usual = render(status, null, ContractRow.WORDS);
                            ResponseView hostile = ResponseView.of(status, usual.headers(), body.getValue(), true);
                            DialectCheck.assertNothingThrows(service().dialect(), hostile, request.view());
                            assertLikeTheStatus(decided(hostile, request), decided(usual, request));
                        }
                        ResponseView success = ResponseView.of(200, HeaderFields.empty(), body.getValue(), false);
                        DialectCheck.assertNothingThrows(service().dialect(), success, request.view());
                        inspected(success, request);
                    }
                }));
    }

    @Test
    void hostileBodiesOnASocketAreReadToTheLimitOnly() throws Exception {
        ContractRequest request = asked().get(0);
        byte[] bomb = HostileBodies.gzip(HostileBodies.tenMebibytes());
        for (int status : HOSTILE_STATUSES) {
            Decision usual = decided(render(status, null, ContractRow.WORDS), request);
            assertLikeTheStatus(last(bench().ask(request, status, HostileBodies.tenMebibytes())), usual);
            assertLikeTheStatus(last(bench().ask(request, status, bomb)), usual);
            assertLikeTheStatus(last(bench().ask(request, status, bomb, "Content-Encoding", "gzip")), usual);
        }
    }

    @Test
    void damagedDocumentsAreDecidedWithoutAnException() {
        long seed = Randomness.threadLocal().nextLong();
        int n = 0;
        for (byte[] damaged : HostileBodies.mutations(documents(), seed, MUTATIONS)) {
            ContractRequest request = asked().get(n % asked().size());
            int status = HOSTILE_STATUSES[n++ % HOSTILE_STATUSES.length];
            HeaderFields headers = render(status, null, ContractRow.WORDS).headers();
            try {
                assertComplete(decided(ResponseView.of(status, headers, damaged, true), request));
                inspected(ResponseView.of(200, headers, damaged, true), request);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "damaged document number " + n + " of seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    /** A member that a dialect reads but does not name is found in a whole tree only. */
    @Test
    void everyMemberThatIsReadIsNamed() {
        long seed = Randomness.threadLocal().nextLong();
        List<byte[]> documents = documents();
        List<byte[]> all = new ArrayList<>(documents);
        all.addAll(HostileBodies.mutations(documents, seed, MUTATIONS));
        HeaderFields headers = render(400, null, ContractRow.WORDS).headers();
        for (int n = 0; n < all.size(); n++) {
            ContractRequest request = asked().get(n % asked().size());
            int status = HOSTILE_STATUSES[n % HOSTILE_STATUSES.length];
            ResponseView tree = ResponseView.of(status, headers, all.get(n), true);
            Document.read(tree);
            Decision named = decided(ResponseView.of(status, headers, all.get(n), true), request);
            assertEquals(
                    decided(tree, request),
                    named,
                    "document number " + n + " of seed " + seed
                            + ": the dialect reads a member that its Members do not name");
        }
    }

    private List<byte[]> documents() {
        return rows().map(row ->
                        render(sample(row).status(), row.code(), row.message()).body())
                .toList();
    }

    @Test
    void aPageOfSomebodyElseNeverRenewsACredential() {
        for (int status = 300; status < 600; status++) {
            for (ContractRequest request : asked()) {
                Verdict verdict = decided(page(status), request).verdict();
                assertFalse(
                        verdict instanceof Verdict.Reauthenticate,
                        "a login page of status " + status + " must not renew a credential in operation "
                                + request.operation() + "; ErrorDialect.webPage recognises it");
            }
        }
    }

    @Test
    void nothingThatIsPrintedHoldsASecret() throws Exception {
        for (ContractRequest request : asked()) {
            ResponseView usual = render(401, null, ContractRow.WORDS);
            List<String> headers = new ArrayList<>(List.of("Set-Cookie", SECRET, "X-Token", SECRET));
            usual.headers().asMap().forEach((name, values) -> headers.addAll(List.of(name, values.get(0))));
            ResponseView answer = ResponseView.of(
                    401, HeaderFields.of(headers.toArray(new String[0])), usual.body(), usual.complete());
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

    /** The decision about an answer that is read as an error, whatever its status. */
    private Decision decided(ResponseView answer, ContractRequest request) {
        return ContractBlame.asking(() -> service().decide(answer, request.view()));
    }

    private void inspected(ResponseView answer, ContractRequest request) {
        ContractBlame.asking(() -> service().inspect(answer, request.view()));
    }

    private static void assertComplete(Decision decision) {
        assertFalse(decision.advice().isBlank());
        assertFalse(decision.source().isBlank());
    }

    /** Or it is somebody else's, which is never worse. */
    private static void assertLikeTheStatus(Decision decision, Decision usual) {
        assertComplete(decision);
        boolean foreign =
                decision.kind() == ErrorKind.INTERMEDIARY && !(decision.verdict() instanceof Verdict.Reauthenticate);
        assertTrue(
                foreign || decision.verdict().asksTheSameAs(usual.verdict()),
                () -> decision.rule() + " decides " + decision.verdict() + " instead of " + usual.verdict()
                        + ContractBlame.foreign(usual));
    }

    private static ResponseView page(int status) {
        return ResponseView.of(status, HeaderFields.of("Content-Type", "text/html", "Via", "1.1 gate"), SIGN_IN, true);
    }
}
