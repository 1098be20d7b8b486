package dev.holdfast.emulators.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.outcome.Attempt;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.emulators.faults.Cell.Result;
import dev.holdfast.emulators.laws.Shortly;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What becomes of a call that meets a fault of the transport: fault × replay × fresh and pooled connection × adapter, over real sockets and with
 * waits that are skipped. Law 1 (requests), law 7 (the deadline), law 8 (what is repeated), law 9 (nothing leaks).
 *
 * <p>How to read a cell: {@code attempts/requests end}. The requests are those that reached the server whole. The end is {@code good} (the
 * answer to another attempt, or an answer as good as it looks), {@code broken} (the answer was handed out, and its body broke off under the
 * reader) or the stop reason, with the status where the caller got an answer and not an exception. The fault strikes once and good answers
 * follow, but over TLS, where nothing else could come. The fourth column is the decision about the fault and whether the server surely did
 * nothing; the last is the type of what is thrown where nothing is repeated.
 *
 * <p>Not in the table, because there is no such thing: a pooled connection that cannot be connected or fails its handshake.
 */
class FaultMatrixTest {
    private static long threadsBefore;

    static Stream<Row> everyCell() {
        return Row.all(false);
    }

    static List<Row> eachFaultAtEachAdapter() {
        return Row.oneOfEach(false);
    }

    /** One of each sort: the path of the JDK's asynchronous calls differs only above the attempts. */
    static Stream<Row> freshConnections() {
        return Row.all(true)
                .filter(row -> !row.pooled() && row.client() != Client.OKHTTP_ASYNC)
                // A bomb leaves its connection usable, so that what follows is said on the same.
                .filter(row -> row.fault() != Fault.GZIP_BOMB_503);
    }

    @BeforeAll
    static void countThreads() throws Exception {
        // What the clients start once is there after this.
        for (Client client : Client.values()) {
            new Cell(Fault.LENGTH_TOO_SHORT, false, RetrySafety.ALWAYS, client).once();
        }
        Certificate.context();
        threadsBefore = threads();
    }

    /** Without the idle ones of the pools that the clients keep for a minute. */
    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> !name.equals("OkHttp TaskRunner")
                        && !name.matches("HttpClient-\\d+-Worker-\\d+|HoldfastHttpClient-worker-\\d+"))
                .count();
    }

    /** Hundreds of calls have ended badly: had each left a thread, it would show. Pools of the JDK and of OkHttp have their size. */
    @AfterAll
    static void noThreadsAreLeft() throws Exception {
        Shortly.until(() -> threads() <= threadsBefore + 12);
    }

    @ParameterizedTest
    @MethodSource
    void eachFaultAtEachAdapter(Row row) throws Exception {
        whatBecomesOf(row);
        if (!row.pooled() && row.fault() != Fault.GZIP_BOMB_503) {
            theFaultStays(row);
        }
    }

    /** Side by side, because some wait for a timeout of the client's own. */
    @Test
    void eachFaultThatOnlyATimeoutEnds() throws Exception {
        List<Row> rows = Row.oneOfEach(true);
        assertThat(rows).hasSizeGreaterThanOrEqualTo(15);
        ExecutorService threads = Executors.newFixedThreadPool(rows.size());
        try {
            List<Future<Void>> running = new ArrayList<>();
            for (Row row : rows) {
                running.add(threads.submit(() -> {
                    whatBecomesOf(row);
                    return null;
                }));
            }
            for (Future<Void> each : running) {
                each.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    @Tag("nightly")
    @ParameterizedTest
    @MethodSource
    void everyCell(Row row) throws Exception {
        whatBecomesOf(row);
    }

    private static void whatBecomesOf(Row row) throws Exception {
        List<Result> results = atOnce(row);
        List<String> texts = results.stream().map(Result::text).toList();
        assertThat(texts).isEqualTo(row.columns().subList(4, 7));
        for (Result result : results) {
            assertThat(result.left())
                    .as("connections left open")
                    .isLessThanOrEqualTo(row.fault().isLeftOpenBy(row.client()) ? 1 : 0);
        }
        whatIsThrown(row, results.get(2));
        for (RetrySafety retrySafety : RetrySafety.values()) {
            theDecision(row, retrySafety, results.get(retrySafety.ordinal()));
        }
    }

    /** The three replays side by side: each has a server, a clock and a pool of its own. */
    private static List<Result> atOnce(Row row) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(RetrySafety.values().length);
        try {
            List<Future<Result>> running = new ArrayList<>();
            for (RetrySafety retrySafety : RetrySafety.values()) {
                running.add(threads.submit(() -> row.cell(retrySafety).once()));
            }
            List<Result> results = new ArrayList<>();
            for (Future<Result> each : running) {
                results.add(each.get());
            }
            return results;
        } finally {
            threads.shutdown();
        }
    }

    private static void whatIsThrown(Row row, Result once) {
        Throwable thrown = once.reply().thrown();
        assertThat(thrown == null ? "-" : thrown.getClass().getSimpleName()).isEqualTo(row.thrown());
        if (thrown == null || once.reply().outcome().succeeded()) {
            return;
        }
        assertThat(thrown.getStackTrace()).isNotEmpty();
        if (row.aboutFault()) {
            // The client's own exception and nobody's copy; it carries the outcome, also from within another.
            Outcome outcome = once.reply().outcome();
            assertThat(outcome.attempts().get(0).fault()).isEqualTo(row.thrown());
            assertThat(Outcome.of(thrown)).isEqualTo(outcome);
            assertThat(Outcome.of(new IllegalStateException(thrown))).isEqualTo(outcome);
        }
    }

    private static void theDecision(Row row, RetrySafety retrySafety, Result result) {
        Attempt first = result.reply().outcome().attempts().get(0);
        Decision decision = first.decision();
        if (decision == null) {
            assertThat(row.columns().get(3)).isEqualTo("-");
            return;
        }
        String rule = (row.aboutFault() ? "fault/" : "azure/imds/") + row.rule(retrySafety);
        Processed nothing = row.provesNothingProcessed(retrySafety) ? Processed.NO : Processed.UNKNOWN;
        assertThat(decision.rule()).isEqualTo(rule);
        assertThat(decision.processed()).isEqualTo(nothing);
        assertThat(decision.kind()).isNotNull();
        if (row.aboutFault()) {
            assertThat(decision.advice()).contains(Row.CAUSES.get(row.rule(retrySafety)));
        }
    }

    /** A fault that stays: as many requests as attempts allow, and the earlier exceptions are suppressed onto the last. */
    @Tag("nightly")
    @ParameterizedTest
    @MethodSource("freshConnections")
    void aFaultThatStaysEndsWithTheAttempts(Row row) throws Exception {
        theFaultStays(row);
    }

    private static void theFaultStays(Row row) throws Exception {
        boolean repeated = row.columns().get(4).matches("[23]/.*");
        int attempts = repeated ? 2 : 1;
        int requestsEach = row.columns().get(6).charAt(2) - '0';

        Result result = row.cell(RetrySafety.ALWAYS).always(2);

        Outcome outcome = result.reply().outcome();
        assertThat(outcome.attempts()).hasSize(attempts);
        assertThat(result.requests()).isEqualTo(attempts * requestsEach);
        assertThat(result.left()).isLessThanOrEqualTo(row.fault().isLeftOpenBy(row.client()) ? 1 : 0);
        if (!repeated) {
            assertThat(result.text()).isEqualTo(row.columns().get(4));
            return;
        }
        assertThat(outcome.reason()).isEqualTo(StopReason.ATTEMPTS);
        if (row.aboutFault()) {
            Throwable thrown = result.reply().thrown();
            assertThat(thrown.getClass().getSimpleName()).isEqualTo(row.thrown());
            assertThat(Outcome.of(thrown)).isEqualTo(outcome);
            assertThat(thrown.getSuppressed())
                    .anySatisfy(earlier ->
                            assertThat(earlier.getClass().getSimpleName()).isEqualTo(row.thrown()));
        }
    }
}
