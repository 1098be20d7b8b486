package dev.holdfast.emulators.seeds;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** One of the 293 rows of the vendors' five documents, with the verdict that it must get. */
record SeedRow(int line, SeedService service, int status, String code, String template, String verdict) {
    static final String UNKNOWN = "Nobody has ever seen this sentence";

    private static final int COLUMNS = 9;
    private static final List<SeedRow> ALL = read();

    static List<SeedRow> all() {
        return ALL;
    }

    private static List<SeedRow> read() {
        try (InputStream in = SeedRow.class.getResourceAsStream("/seeds/rows.tsv")) {
            List<SeedRow> rows = new ArrayList<>();
            String table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : table.lines().skip(1).toList()) {
                String[] f = line.split("\t", -1);
                if (f.length != COLUMNS) {
                    throw new IllegalStateException("line " + (rows.size() + 2) + " has " + f.length + " cells");
                }
                String code = f[3].isEmpty() ? null : f[3];
                rows.add(new SeedRow(
                        rows.size() + 2, SeedService.of(f[0], f[1]), Integer.parseInt(f[2]), code, f[4], f[6]));
            }
            return rows;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    String sentence() {
        return Placeholders.filled(template);
    }

    /** In capitals, with doubled blanks, with a dot where there was none and without where there was one. */
    String otherwise() {
        String sentence = sentence();
        String other = sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence + ".";
        return " " + other.toUpperCase(Locale.ROOT).replace(" ", "  ") + "  ";
    }

    String body(String message) {
        return service.body(code, message);
    }

    /** The verdict with a sentence that nobody knows: all rows of a status and code if they agree, else the status. */
    String fallback() {
        if (code == null) {
            // A 404 of the load balancer endpoint is given a few attempts, because two of its four known sentences
            // pass.
            return status == 404 || retriedByStatus() ? "retry" : "fail";
        }
        if (service == SeedService.SLB && status == 400 && code.equals("ServiceUnavailable")) {
            // The common gateway's documents have this pair for any sentence, and mean a failure that passes.
            return "retry";
        }
        Set<String> verdicts = ALL.stream()
                .filter(row -> row.service == service && row.status == status && code.equals(row.code))
                .map(SeedRow::verdict)
                .collect(Collectors.toSet());
        return verdicts.size() == 1 ? verdicts.iterator().next() : retriedByStatus() ? "retry" : "fail";
    }

    private boolean retriedByStatus() {
        return status == 429 || status >= 500;
    }

    @Override
    public String toString() {
        return "line " + line + ": " + service.id + " " + status + " " + (code == null ? "" : code + " ") + template;
    }
}
