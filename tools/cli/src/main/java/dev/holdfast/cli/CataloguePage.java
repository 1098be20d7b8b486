package dev.holdfast.cli;

import dev.holdfast.core.catalogue.CatalogueRow;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.service.Service;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Catalogues as a page to read beside the vendors' own tables: a section a service, rows in the order of the file. */
final class CataloguePage {
    private static final String INTRODUCTION = """
            # The errors that are known, and what each means

            Made from the data by `%s`; the build checks that it is current. The same for programs: [catalogue.json](catalogue.json).

            - **status**: a number, a class such as `4xx`, or `*` for any. Where an operation stands beside it, the row holds for that one only.
            - **code**: `*` in it stands for any characters; `-` is any code, or none.
            - **message**: `{name}` stands for any text, `{name...}` for a list in square brackets; `-` is any message. Blanks, case, quotes, entities and a
              trailing dot do not matter.
            - **verdict**: *retry* (and at which pace), *fail*, or *reauthenticate* (and what is renewed, once), with the kind of error.
            - **processed**: whether the server acted on the request; only after *no* a write is repeated.
            - **source**: where the meaning comes from. *seed* marks the vendor's own error table of the date beside it: Azure's "Common error codes when using IMDS to
              retrieve load balancer information" and "VM Inspector error messages", IBM's "Metadata API error codes", the "Error Codes" of Huawei's CloudDC and
              the "Common error codes" of Alibaba's SLB.

            Several rows may fit an answer. The order is: status, code and message; status and code, where the row has no message or all rows of the pair agree; code
            and message under another status; a sentence for any code; code pattern; status. What fits none of them is decided by its status as the [README](../README.md#what-it-decides-by)
            says.
            """;

    private final StringBuilder out = new StringBuilder(300_000);

    private CataloguePage() {}

    static String of(List<Service> services) {
        CataloguePage page = new CataloguePage();
        page.out.append(INTRODUCTION.formatted(CatalogueDocs.COMMAND));
        page.overview(services);
        services.forEach(page::section);
        return page.out.toString();
    }

    private void overview(List<Service> services) {
        out.append("\n| service | rows | retry | fail | reauthenticate |\n|---|---|---|---|---|\n");
        for (Service service : services) {
            List<CatalogueRow> rows = service.catalogue().rows();
            Map<String, Long> count = counts(rows);
            out.append("| [").append(service.id()).append("](#").append(anchor(service.id()));
            out.append(") | ").append(rows.size());
            for (String verdict : List.of("retry", "fail", "reauthenticate")) {
                out.append(" | ").append(count.getOrDefault(verdict, 0L));
            }
            out.append(" |\n");
        }
    }

    private void section(Service service) {
        List<CatalogueRow> rows = service.catalogue().rows();
        out.append("\n## ")
                .append(service.id())
                .append("\n\n")
                .append(rows.size())
                .append(" rows: ");
        out.append(counts(rows).entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", ")));
        out.append(".\n\n| id | status | code | message | verdict | processed | advice | source |\n");
        out.append("|---|---|---|---|---|---|---|---|\n");
        rows.forEach(this::row);
    }

    private void row(CatalogueRow row) {
        String operations = row.operations().isEmpty() ? "" : " " + String.join(", ", row.operations());
        String pace = row.verdict() instanceof Verdict.Retry retry
                ? ", pace " + retry.pace().id()
                : "";
        cell(code(row.id()));
        cell(escaped(row.status() + operations));
        cell(row.code() == null ? "-" : code(row.code()));
        cell(row.message() == null ? "-" : escaped(row.message().text()));
        cell(CatalogueJson.verdict(row) + ": " + row.kind().id().replace('_', ' ') + pace);
        cell(row.processed().name().toLowerCase(Locale.ROOT));
        cell(escaped(row.advice()));
        cell(escaped(row.source()));
        out.append("|\n");
    }

    private void cell(String text) {
        out.append("| ").append(text).append(' ');
    }

    private static Map<String, Long> counts(List<CatalogueRow> rows) {
        return rows.stream()
                .collect(Collectors.groupingBy(row -> row.verdict().id(), TreeMap::new, Collectors.counting()));
    }

    private static String code(@Nullable String text) {
        return "`" + String.valueOf(text).replace("|", "\\|") + "`";
    }

    /** So that a reader sees what stands in the data, and no Markdown made of it. */
    private static String escaped(String text) {
        return text.replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_").replace("|", "\\|");
    }

    private static String anchor(String id) {
        return id.replace("/", "");
    }
}
