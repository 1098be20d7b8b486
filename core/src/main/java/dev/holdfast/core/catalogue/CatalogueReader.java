package dev.holdfast.core.catalogue;

import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.internal.text.MessageTemplate;
import dev.holdfast.core.internal.text.StatusMatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the tab-separated form of a catalogue and says exactly which line is wrong, and why. */
final class CatalogueReader {
    private static final String HEADER =
            "id\toperation\tstatus\tcode\tmessage\tverdict\tkind\tpace\tprocessed\tadvice\tsource";
    private static final int COLUMNS = 11;

    private final String catalogue;
    private final Set<String> ids = new HashSet<>();
    private int line;

    private CatalogueReader(String catalogue) {
        this.catalogue = catalogue;
    }

    static List<CatalogueRow> read(String catalogue, InputStream in) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return new CatalogueReader(catalogue).rows(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("catalogue " + catalogue + " could not be read", e);
        }
    }

    private List<CatalogueRow> rows(BufferedReader reader) throws IOException {
        List<CatalogueRow> rows = new ArrayList<>();
        boolean headerSeen = false;
        for (String text = reader.readLine(); text != null; text = reader.readLine()) {
            line++;
            if (text.isBlank() || text.startsWith("#")) {
                continue;
            }
            if (!headerSeen) {
                if (!text.equals(HEADER)) {
                    throw wrong("the first line must name the columns: " + HEADER.replace('\t', ' '), null);
                }
                headerSeen = true;
                continue;
            }
            rows.add(row(text));
        }
        if (!headerSeen) {
            throw wrong("the line that names the columns is missing", null);
        }
        return rows;
    }

    private CatalogueRow row(String text) {
        String[] cells = text.split("\t", -1);
        if (cells.length != COLUMNS) {
            throw wrong("a row has " + COLUMNS + " cells, this one has " + cells.length, null);
        }
        for (int i = 0; i < COLUMNS; i++) {
            cells[i] = cells[i].strip();
        }
        try {
            String id = cells[0];
            if (isEmpty(id)) {
                throw new IllegalArgumentException("id must not be empty");
            }
            if (!ids.add(id)) {
                throw new IllegalArgumentException("id \"" + id + "\" stands twice");
            }
            Set<String> operations = isEmpty(cells[1]) ? Set.of() : operations(cells[1]);
            StatusMatch.parse(cells[2]);
            ErrorKind kind = named(ErrorKind.values(), cells[6], "kind");
            Verdict verdict = verdict(cells[5], isEmpty(cells[7]) ? kind.pace() : pace(cells[7]));
            if (!isEmpty(cells[7]) && !(verdict instanceof Verdict.Retry)) {
                throw new IllegalArgumentException("pace goes with retry only, but the verdict is " + cells[5]);
            }
            if (isEmpty(cells[9]) || isEmpty(cells[10])) {
                throw new IllegalArgumentException("advice and source must not be empty");
            }
            MessageTemplate message = isEmpty(cells[4]) ? null : MessageTemplate.compile(cells[4]);
            return new CatalogueRow(
                    id,
                    operations,
                    cells[2],
                    isEmpty(cells[3]) ? null : cells[3],
                    message,
                    verdict,
                    kind,
                    named(Processed.values(), cells[8], "processed"),
                    cells[9],
                    cells[10]);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()), e);
        }
    }

    /** In the order of the file, so that whatever is made of the table is the same each time. */
    private static Set<String> operations(String cell) {
        Set<String> operations = new LinkedHashSet<>();
        for (String operation : cell.split(",", -1)) {
            if (!operations.add(operation.strip())) {
                throw new IllegalArgumentException("operation \"" + operation.strip() + "\" stands twice");
            }
        }
        return Collections.unmodifiableSet(operations);
    }

    private static Pace pace(String text) {
        return named(Pace.values(), text, "pace");
    }

    private static Verdict verdict(String text, Pace pace) {
        return switch (text) {
            case "retry" -> Verdict.retry(pace);
            case "fail" -> Verdict.fail();
            case "reauthenticate:credential" -> Verdict.reauthenticate(Verdict.Renewal.CREDENTIAL);
            case "reauthenticate:clock" -> Verdict.reauthenticate(Verdict.Renewal.CLOCK);
            case "reauthenticate:request" -> Verdict.reauthenticate(Verdict.Renewal.REQUEST);
            default ->
                throw new IllegalArgumentException(
                        "verdict must be retry, fail or reauthenticate:credential, :clock, :request, but is \"" + text
                                + "\"");
        };
    }

    private static <E extends Enum<E>> E named(E[] values, String text, String column) {
        for (E value : values) {
            if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
                return value;
            }
        }
        throw new IllegalArgumentException(column + " \"" + text + "\" is not known");
    }

    private static boolean isEmpty(String cell) {
        return cell.equals("-") || cell.isBlank();
    }

    private IllegalArgumentException wrong(String why, @Nullable Throwable cause) {
        return new IllegalArgumentException("catalogue " + catalogue + ", line " + line + ": " + why, cause);
    }
}
