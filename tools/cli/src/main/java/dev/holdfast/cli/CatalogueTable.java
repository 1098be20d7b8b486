package dev.holdfast.cli;

import dev.holdfast.core.catalogue.CatalogueRow;
import dev.holdfast.core.service.Service;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Catalogues for people: a line a row, in columns. */
final class CatalogueTable {
    private static final int LONGEST_MESSAGE = 60;
    private static final String[] COLUMNS = {"id", "status", "code", "message", "verdict", "kind", "pace"};

    private CatalogueTable() {}

    static String of(List<Service> services) {
        StringBuilder out = new StringBuilder(100_000);
        for (Service service : services) {
            List<CatalogueRow> rows = service.catalogue().rows();
            out.append(out.isEmpty() ? "" : "\n");
            if (services.size() > 1) {
                out.append(service.id()).append(", ").append(rows.size()).append(" rows in the order of its table\n\n");
            }
            align(rows, out);
        }
        return out.toString();
    }

    private static void align(List<CatalogueRow> rows, StringBuilder out) {
        List<String[]> lines = new ArrayList<>();
        lines.add(COLUMNS);
        rows.forEach(row -> lines.add(cells(row)));
        int[] widths = new int[COLUMNS.length];
        for (String[] line : lines) {
            for (int i = 0; i < line.length; i++) {
                widths[i] = Math.max(widths[i], line[i].length());
            }
        }
        for (String[] line : lines) {
            for (int i = 0; i < line.length; i++) {
                boolean last = i == line.length - 1;
                out.append(line[i]).append(last ? "\n" : " ".repeat(widths[i] - line[i].length() + 2));
            }
        }
    }

    private static String[] cells(CatalogueRow row) {
        return new String[] {
            row.id(),
            row.status(),
            orDash(row.code()),
            cut(orDash(row.message() == null ? null : row.message().text())),
            CatalogueJson.verdict(row),
            row.kind().id(),
            orDash(CatalogueJson.pace(row))
        };
    }

    private static String orDash(@Nullable String text) {
        return text == null ? "-" : text;
    }

    private static String cut(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE - 1) + "…";
    }
}
