package dev.holdfast.emulators.faults;

import dev.holdfast.core.policy.RetrySafety;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A row of the matrix of faults, for one connection and one way to call. How to read it stands at {@link FaultMatrixTest}. */
record Row(Fault fault, boolean pooled, Client client, List<String> columns) {
    private static final String MATRIX = """
            fault                | connection   | adapter   | decision                 | SAFE         | IF_REFUSED             | NEVER                  | thrown
            connect refused      | fresh        | okhttp | connect yes              | 2/1 good     | 2/1 good               | 1/0 not_repeatable     | ConnectException
            connect refused      | fresh        | jdk    | connect yes              | 2/1 good     | 2/1 good               | 1/0 not_repeatable     | ConnectException
            connect stall        | fresh        | okhttp | connect-timeout yes      | 2/1 good     | 2/1 good               | 1/0 not_repeatable     | SocketTimeoutException
            connect stall        | fresh        | jdk    | connect-timeout yes      | 2/1 good     | 2/1 good               | 1/0 not_repeatable     | HttpConnectTimeoutException
            connect stall long   | fresh        | okhttp | connect-timeout yes      | 2/1 good     | 2/1 good               | 1/0 not_repeatable     | InterruptedIOException
            connect stall long   | fresh        | jdk    | connect-timeout yes      | 2/1 good     | 2/1 good               | 1/0 not_repeatable     | HttpConnectTimeoutException
            close before headers | fresh pooled | okhttp | connection-lost unknown  | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | IOException
            close before headers | fresh pooled | jdk    | connection-lost unknown  | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | IOException
            close in headers     | fresh pooled | okhttp | connection-lost unknown  | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | IOException
            close in headers     | fresh pooled | jdk    | connection-lost unknown  | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | IOException
            close in body 200    | fresh pooled | okhttp | -                        | 1/1 broken   | 1/1 broken             | 1/1 broken             | ProtocolException
            close in body 200    | fresh pooled | jdk    | connection-lost unknown  | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | IOException
            close in body 503    | fresh pooled | okhttp | status-503 unknown       | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | ProtocolException
            close in body 503    | fresh pooled | jdk    | status-503 unknown       | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | IOException
            length too long 200  | fresh pooled | okhttp | -                        | 1/1 broken   | 1/1 broken             | 1/1 broken             | InterruptedIOException
            length too long 200  | fresh pooled | jdk    | read-timeout unknown     | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | HttpTimeoutException
            length too long 503  | fresh pooled | okhttp | status-503 unknown       | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | InterruptedIOException
            length too long 503  | fresh pooled | jdk    | status-503 unknown       | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | HttpTimeoutException
            length too short     | fresh pooled | okhttp | -                        | 1/1 good     | 1/1 good               | 1/1 good               | -
            length too short     | fresh pooled | jdk    | -                        | 1/1 good     | 1/1 good               | 1/1 good               | -
            chunk cut 200        | fresh pooled | okhttp | -                        | 1/1 broken   | 1/1 broken             | 1/1 broken             | ProtocolException
            chunk cut 200        | fresh pooled | jdk    | connection-lost unknown  | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | IOException
            chunk cut 503        | fresh pooled | okhttp | status-503 unknown       | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | ProtocolException
            chunk cut 503        | fresh pooled | jdk    | status-503 unknown       | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | IOException
            slow headers         | fresh pooled | okhttp | attempt-timeout unknown  | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | InterruptedIOException
            slow headers         | fresh pooled | jdk    | read-timeout unknown     | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | HttpTimeoutException
            slow body 200        | fresh pooled | okhttp | -                        | 1/1 broken   | 1/1 broken             | 1/1 broken             | InterruptedIOException
            slow body 200        | fresh pooled | jdk    | read-timeout unknown     | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | HttpTimeoutException
            slow body 503        | fresh pooled | okhttp | status-503 unknown       | 2/2 good     | 1/1 not_repeatable     | 1/1 not_repeatable     | InterruptedIOException
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
            tls broken           | fresh        | okhttp | tls yes                  | 3/0 attempts | 3/0 attempts           | 1/0 not_repeatable     | SSLHandshakeException
            tls broken           | fresh        | jdk    | connection-lost unknown  | 3/0 attempts | 1/0 not_repeatable     | 1/0 not_repeatable     | IOException
            gzip bomb 503        | fresh pooled | okhttp | status-503 unknown       | 2/2 good     | 1/1 not_repeatable 503 | 1/1 not_repeatable 503 | -
            gzip bomb 503        | fresh pooled | jdk    | status-503 unknown       | 2/2 good     | 1/1 not_repeatable 503 | 1/1 not_repeatable 503 | -
            gzip bomb 200        | fresh pooled | okhttp | -                        | 1/1 good     | 1/1 good               | 1/1 good               | -
            gzip bomb 200        | fresh pooled | jdk    | -                        | 1/1 good     | 1/1 good               | 1/1 good               | -
            idle closed          | pooled       | okhttp | connection-lost unknown / connection-lost yes | 2/1 good | 2/1 good    | 2/1 good               | -
            idle closed          | pooled       | jdk    | -                        | 1/1 good     | 1/1 good               | 1/1 good               | -
            idle spoken          | pooled       | okhttp | protocol unknown / connection-lost yes        | 1/1 failed | 2/1 good  | 2/1 good               | -
            """;

    /** The usual causes, which the advice of a decision has to name. */
    static final Map<String, List<String>> CAUSES = Map.of(
            "connect", List.of("enabled", "route", "Windows", "firewall", "right cloud"),
            "connect-timeout", List.of("enabled", "route", "Windows", "firewall", "right cloud"),
            "read-timeout", List.of("slow", "hop limit"),
            "attempt-timeout", List.of("slow", "hop limit", "route", "right cloud"),
            "connection-lost", List.of("restart", "stale"),
            "protocol", List.of("something else listens"),
            "tls", List.of("does not speak TLS"),
            "tls-plaintext", List.of("does not speak TLS", "http", "port"),
            "tls-certificate", List.of("proxy", "host name", "clock"));

    /** One cell for each fault at each adapter. */
    static List<Row> oneOfEach(boolean timed) {
        Map<String, Row> found = new LinkedHashMap<>();
        for (Row row : all(false).toList()) {
            if (row.isTimed() == timed) {
                found.putIfAbsent(row.fault() + " " + row.client().isOkHttp(), row);
            }
        }
        return List.copyOf(found.values());
    }

    static Stream<Row> all(boolean withJdkAsync) {
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

    /** Rule and processed; where a pooled connection is looked at before a write, the second of two is that of the writes. */
    private String[] decision(RetrySafety retrySafety) {
        String[] either = columns.get(3).split(" / ");
        return either[retrySafety == RetrySafety.ALWAYS ? 0 : either.length - 1].split(" ");
    }

    String rule(RetrySafety retrySafety) {
        return decision(retrySafety)[0];
    }

    boolean provesNothingProcessed(RetrySafety retrySafety) {
        return decision(retrySafety)[1].equals("yes");
    }

    boolean aboutFault() {
        return CAUSES.containsKey(rule(RetrySafety.ALWAYS));
    }

    boolean isTimed() {
        return fault.needsTimeout(client);
    }

    String thrown() {
        return columns.get(7);
    }

    Cell cell(RetrySafety retrySafety) {
        return new Cell(fault, pooled, retrySafety, client);
    }

    @Override
    public String toString() {
        return columns.get(0) + ", " + (pooled ? "pooled" : "fresh") + ", " + client;
    }
}
