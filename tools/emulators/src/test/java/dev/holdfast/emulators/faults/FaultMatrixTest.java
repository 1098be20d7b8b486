package dev.holdfast.emulators.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.outcome.Attempt;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.emulators.faults.Cell.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
    private static final String MATRIX = """
            fault                | connection   | adapter   | decision                 | SAFE         | IF_REFUSED             | NEVER                  | thrown
            connect refused      | fresh        | okhttp | connect yes              | 2/1 good     | 2/1 good               | 1/0 not_repeatable     | ConnectException
            connect refused      | fresh        | jdk    | connect yes              | 2/1 good     | 2/1 good               | 1/0 not_repeatable     | ConnectException
            connect stall        | fresh        | okhttp | connect-timeout yes      | 2/1 good     | 2/1 good               | 1/0 not_repeatable     | SocketTimeoutException
            connect stall        | fresh        | jdk    | connect-timeout yes      | 2/1 good     | 2/1 good               | 1/0 not_repeatable     | HttpConnectTimeoutException
            connect stall long   | fresh        | okhttp | attempt-timeout unknown  | 2/1 good     | 1/0 not_repeatable     | 1/0 not_repeatable     | InterruptedIOException
            connect stall long   | fresh        | jdk    | connect-timeout yes      | 2/1 good     | 2/1 good               | 1/0 not_repeatable     | HttpConnectTimeoutException
            close before headers | fresh pooled | okhttp | connection-lost unknown  | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | IOException
            close before headers | fresh pooled | jdk    | connection-lost unknown  | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | IOException
            close in headers     | fresh pooled | okhttp | connection-lost unknown  | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | IOException
            close in headers     | fresh pooled | jdk    | connection-lost unknown  | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | IOException
            close in body 200    | fresh pooled | okhttp | -                        | 1/1 broken   | 1/1 broken             | 1/1 broken             | ProtocolException
            close in body 200    | fresh pooled | jdk    | connection-lost unknown  | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | IOException
            close in body 503    | fresh pooled | okhttp | status-503 unknown       | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | IOException
            close in body 503    | fresh pooled | jdk    | status-503 unknown       | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | IOException
            length too long 200  | fresh pooled | okhttp | -                        | 1/1 broken   | 1/1 broken             | 1/1 broken             | InterruptedIOException
            length too long 200  | fresh pooled | jdk    | read-timeout unknown     | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | HttpTimeoutException
            length too long 503  | fresh pooled | okhttp | status-503 unknown       | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | IOException
            length too long 503  | fresh pooled | jdk    | status-503 unknown       | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | HttpTimeoutException
            length too short     | fresh pooled | okhttp | -                        | 1/1 good     | 1/1 good               | 1/1 good               | -
            length too short     | fresh pooled | jdk    | -                        | 1/1 good     | 1/1 good               | 1/1 good               | -
            chunk cut 200        | fresh pooled | okhttp | -                        | 1/1 broken   | 1/1 broken             | 1/1 broken             | ProtocolException
            chunk cut 200        | fresh pooled | jdk    | connection-lost unknown  | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | IOException
            chunk cut 503        | fresh pooled | okhttp | status-503 unknown       | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | IOException
            chunk cut 503        | fresh pooled | jdk    | status-503 unknown       | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | IOException
            slow headers         | fresh pooled | okhttp | attempt-timeout unknown  | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | InterruptedIOException
            slow headers         | fresh pooled | jdk    | read-timeout unknown     | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | HttpTimeoutException
            slow body 200        | fresh pooled | okhttp | -                        | 1/1 broken   | 1/1 broken             | 1/1 broken             | InterruptedIOException
            slow body 200        | fresh pooled | jdk    | read-timeout unknown     | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | HttpTimeoutException
            slow body 503        | fresh pooled | okhttp | status-503 unknown       | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | IOException
            slow body 503        | fresh pooled | jdk    | status-503 unknown       | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | HttpTimeoutException
            reset                | fresh pooled | okhttp | connection-lost unknown  | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | SocketException
            reset                | fresh pooled | jdk    | connection-lost unknown  | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | IOException
            garbage              | fresh pooled | okhttp | protocol unknown         | 1/1 failed   | 1/1 failed             | 1/1 failed             | ProtocolException
            garbage              | fresh pooled | jdk    | protocol unknown         | 1/1 failed   | 1/1 failed             | 1/1 failed             | ProtocolException
            endless 1xx          | fresh pooled | okhttp | attempt-timeout unknown  | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | InterruptedIOException
            endless 1xx          | fresh pooled | jdk    | protocol unknown         | 1/1 failed   | 1/1 failed             | 1/1 failed             | ProtocolException
            tls to plain         | fresh        | okhttp | tls-plaintext yes        | 1/0 failed   | 1/0 failed             | 1/0 failed             | SSLException
            tls to plain         | fresh        | jdk    | tls-plaintext yes        | 1/0 failed   | 1/0 failed             | 1/0 failed             | SSLException
            tls untrusted        | fresh        | okhttp | tls-certificate yes      | 1/0 failed   | 1/0 failed             | 1/0 failed             | SSLHandshakeException
            tls untrusted        | fresh        | jdk    | tls-certificate yes      | 1/0 failed   | 1/0 failed             | 1/0 failed             | SSLHandshakeException
            tls broken           | fresh        | okhttp | tls unknown              | 3/0 attempts | 1/0 not_repeatable     | 1/0 not_repeatable     | SSLHandshakeException
            tls broken           | fresh        | jdk    | connection-lost unknown  | 3/0 attempts | 1/0 not_repeatable     | 1/0 not_repeatable     | IOException
            gzip bomb 503        | fresh pooled | okhttp | status-503 unknown       | 2/2 good     | 1/1 not_repeatable 503 | 1/1 not_repeatable 503 | -
            gzip bomb 503        | fresh pooled | jdk    | status-503 unknown       | 2/2 good     | 1/1 not_repeatable 503 | 1/1 not_repeatable 503 | -
            gzip bomb 200        | fresh pooled | okhttp | -                        | 1/1 good     | 1/1 good               | 1/1 good               | -
            gzip bomb 200        | fresh pooled | jdk    | -                        | 1/1 good     | 1/1 good               | 1/1 good               | -
            idle closed          | pooled       | okhttp | connection-lost unknown  | 2/1 good     | 1/0 not_repeatable     | 1/0 not_repeatable     | IOException
            idle closed          | pooled       | jdk    | -                        | 1/1 good     | 1/1 good               | 1/1 good               | -
            idle spoken          | pooled       | okhttp | protocol unknown         | 1/1 failed   | 1/1 failed             | 1/1 failed             | ProtocolException
            """;

    /** The usual causes, which the advice of a decision has to name. */
    private static final Map<String, List<String>> CAUSES = Map.of(
            "connect", List.of("enabled", "route", "Windows", "firewall", "right cloud"),
            "connect-timeout", List.of("enabled", "route", "Windows", "firewall", "right cloud"),
            "read-timeout", List.of("slow", "hop limit"),
            "attempt-timeout", List.of("slow", "hop limit", "route", "right cloud"),
            "connection-lost", List.of("restart", "stale"),
            "protocol", List.of("something else listens"),
            "tls", List.of("does not speak TLS"),
            "tls-plaintext", List.of("does not speak TLS", "http", "port"),
            "tls-certificate", List.of("proxy", "host name", "clock"));

    private static int threadsBefore;

    /** A row for one connection and one way to call. */
    record Row(Fault fault, boolean pooled, Client client, List<String> columns) {
        private String rule() {
            return columns.get(3).split(" ")[0];
        }

        private boolean aboutFault() {
            return CAUSES.containsKey(rule());
        }

        private String thrown() {
            return columns.get(7);
        }

        private Cell cell(RetrySafety retrySafety) {
            return new Cell(fault, pooled, retrySafety, client);
        }

        @Override
        public String toString() {
            return columns.get(0) + ", " + (pooled ? "pooled" : "fresh") + ", " + client;
        }
    }

    static Stream<Row> everyCell() {
        return rows(false);
    }

    /** One of each sort: the path of the JDK's asynchronous calls differs only above the attempts. */
    static Stream<Row> freshConnections() {
        return rows(true)
                .filter(row -> !row.pooled() && row.client() != Client.OKHTTP_ASYNC)
                // A bomb leaves its connection usable, so that what follows is said on the same.
                .filter(row -> row.fault() != Fault.GZIP_BOMB_503);
    }

    private static Stream<Row> rows(boolean withJdkAsync) {
        return MATRIX.lines().skip(1).flatMap(line -> {
            List<String> columns =
                    Arrays.stream(line.split("\\|")).map(String::strip).toList();
            List<Row> rows = new ArrayList<>();
            for (String connection : columns.get(1).split(" ")) {
                for (Client client : Client.values()) {
                    boolean wanted = withJdkAsync || client != Client.JDK_ASYNC;
                    if (wanted && client.isOkHttp() == columns.get(2).equals("okhttp")) {
                        rows.add(new Row(Fault.named(columns.get(0)), connection.equals("pooled"), client, columns));
                    }
                }
            }
            return rows.stream();
        });
    }

    @BeforeAll
    static void countThreads() throws Exception {
        // What the clients start once is there after this.
        for (Client client : Client.values()) {
            new Cell(Fault.LENGTH_TOO_SHORT, false, RetrySafety.ALWAYS, client).once();
        }
        Certificate.context();
        threadsBefore = Thread.activeCount();
    }

    /** Hundreds of calls have ended badly: had each left a thread, it would show. Pools of the JDK and of OkHttp have their size. */
    @AfterAll
    static void noThreadsAreLeft() throws Exception {
        assertThat(Cell.holds(() -> Thread.activeCount() <= threadsBefore + 12))
                .as(
                        "threads: %s, before: %s",
                        Thread.getAllStackTraces().keySet().stream()
                                .map(Thread::getName)
                                .sorted()
                                .toList(),
                        threadsBefore)
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource
    void everyCell(Row row) throws Exception {
        List<Result> results = atOnce(row);
        List<String> texts = results.stream().map(Result::text).toList();
        assertThat(texts).isEqualTo(row.columns().subList(4, 7));
        for (Result result : results) {
            assertThat(result.left())
                    .as("connections left open")
                    .isLessThanOrEqualTo(row.fault().isLeftOpenBy(row.client()) ? 1 : 0);
        }
        whatIsThrown(row, results.get(2));
        for (Result result : results) {
            theDecision(row, result);
        }
    }

    /** The three replays side by side: each has a server, a clock and a pool of its own, and most wait for a timeout. */
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

    private static void theDecision(Row row, Result result) {
        Attempt first = result.reply().outcome().attempts().get(0);
        Decision decision = first.decision();
        if (decision == null) {
            assertThat(row.columns().get(3)).isEqualTo("-");
            return;
        }
        String rule = (row.aboutFault() ? "fault/" : "azure/imds/") + row.rule();
        Processed nothing = row.columns().get(3).endsWith(" yes") ? Processed.NO : Processed.UNKNOWN;
        assertThat(decision.rule()).isEqualTo(rule);
        assertThat(decision.processed()).isEqualTo(nothing);
        assertThat(decision.kind()).isNotNull();
        if (row.aboutFault()) {
            assertThat(decision.advice()).contains(CAUSES.get(row.rule()));
        }
    }

    /** A fault that stays: as many requests as attempts allow, and the earlier exceptions are suppressed onto the last. */
    @ParameterizedTest
    @MethodSource("freshConnections")
    void aFaultThatStaysEndsWithTheAttempts(Row row) throws Exception {
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
