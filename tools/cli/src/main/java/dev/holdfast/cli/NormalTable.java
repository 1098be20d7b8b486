package dev.holdfast.cli;

import dev.holdfast.testkit.VendorSentence;
import java.util.stream.Collectors;

/** Writes the message cells of a table in their one form, after sentences were copied into it from a vendor's page. */
final class NormalTable {
    private static final int MESSAGE = 4;

    private NormalTable() {}

    static String of(String table) {
        return table.lines().map(NormalTable::line).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(String line) {
        String[] cells = line.split("\t", -1);
        if (line.startsWith("#") || cells.length <= MESSAGE) {
            return line;
        }
        cells[MESSAGE] = VendorSentence.normal(cells[MESSAGE]);
        return String.join("\t", cells);
    }
}
