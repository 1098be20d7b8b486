package dev.holdfast.core.catalogue;

import static dev.holdfast.core.catalogue.IndexedRow.LONGEST_PATTERN_FIRST;
import static dev.holdfast.core.catalogue.IndexedRow.MOST_SPECIFIC_FIRST;

import dev.holdfast.core.catalogue.IndexedRow.Sentence;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.decision.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the row for an error: a hash on the code, an int comparison on the status, literal segments of the message. */
final class CatalogueIndex {
    /** With a message: whatever the code is, and where there is none, the sentence decides. */
    private static final String ANY_CODE = "*";

    private final String name;
    private final List<CatalogueRow> rows;
    private final Map<String, List<IndexedRow>> byCode = new HashMap<>();
    private final Map<String, List<IndexedRow>> byLowerCode = new HashMap<>();
    private final List<IndexedRow> withoutCode = new ArrayList<>();
    private final List<IndexedRow> sentences = new ArrayList<>();
    private final List<IndexedRow> patterns = new ArrayList<>();
    private final List<IndexedRow> defaults = new ArrayList<>();

    CatalogueIndex(String name, List<CatalogueRow> rows) {
        this.name = name;
        this.rows = List.copyOf(rows);
        for (CatalogueRow row : rows) {
            add(row.code(), IndexedRow.of(name, row));
        }
        byCode.values().forEach(bucket -> bucket.sort(MOST_SPECIFIC_FIRST));
        byLowerCode.values().forEach(bucket -> bucket.sort(MOST_SPECIFIC_FIRST));
        withoutCode.sort(MOST_SPECIFIC_FIRST);
        sentences.sort(MOST_SPECIFIC_FIRST);
        defaults.sort(MOST_SPECIFIC_FIRST);
        patterns.sort(LONGEST_PATTERN_FIRST);
    }

    private void add(@Nullable String code, IndexedRow row) {
        if (code == null) {
            (row.hasMessage() ? withoutCode : defaults).add(row);
        } else if (code.equals(ANY_CODE) && row.hasMessage()) {
            sentences.add(row);
        } else if (row.pattern() != null) {
            patterns.add(row);
        } else {
            byCode.computeIfAbsent(code, c -> new ArrayList<>()).add(row);
            byLowerCode
                    .computeIfAbsent(code.toLowerCase(Locale.ROOT), c -> new ArrayList<>())
                    .add(row);
        }
    }

    List<CatalogueRow> rows() {
        return rows;
    }

    /**
     * Decides by the row for an error.
     *
     * @param status the status of the response
     * @param message the sentence that the response says, or null
     * @param code the code to look for, which may be another than the error's own; or null
     * @param operation the operation's id, or null where it is not known
     * @return the decision, or null where no row fits
     */
    Decision.@Nullable Draft find(
            int status, @Nullable String message, @Nullable String code, @Nullable String operation) {
        Sentence said = new Sentence(message);
        IndexedRow found;
        if (code == null) {
            // A sentence alone, under another status than the documented one, is too little to go by.
            found = first(withoutCode, status, said, operation, false);
            found = found != null ? found : first(sentences, status, said, operation, false);
        } else {
            List<IndexedRow> bucket = bucket(code);
            found = first(bucket, status, said, operation, true);
            if (found == null) {
                Decision.Draft agreed = agreed(bucket, status, operation);
                if (agreed != null) {
                    return agreed;
                }
                // A failure behind a 2xx is never decided by what the code means under an error status.
                found = status / 100 == 2 ? null : otherStatus(bucket, said, operation);
            }
            found = found != null ? found : first(sentences, status, said, operation, false);
            found = found != null ? found : pattern(code, status, said, operation);
        }
        found = found != null ? found : first(defaults, status, said, operation, true);
        return found == null ? null : found.decide(said);
    }

    /** Prefers the exact code: two codes of one service may differ in case alone. */
    private List<IndexedRow> bucket(String code) {
        List<IndexedRow> bucket = byCode.get(code);
        if (bucket == null) {
            bucket = byLowerCode.get(code.toLowerCase(Locale.ROOT));
        }
        return bucket == null ? List.of() : bucket;
    }

    private static @Nullable IndexedRow first(
            List<IndexedRow> bucket, int status, Sentence said, @Nullable String operation, boolean anyMessage) {
        for (IndexedRow row : bucket) {
            if (row.matches(status, operation) && (row.hasMessage() ? row.says(said) : anyMessage)) {
                return operation == null ? forAny(row, bucket) : row;
            }
        }
        return null;
    }

    /** Prefers the row for any operation to its twin for one, where the operation is not known. */
    private static IndexedRow forAny(IndexedRow found, List<IndexedRow> bucket) {
        for (IndexedRow other : bucket) {
            if (other.forAnyOperation() && other.hasStatusAndMessageOf(found)) {
                return other;
            }
        }
        return found;
    }

    /** Decides by code and status where the sentence is not documented, if all their rows have one verdict. */
    private Decision.@Nullable Draft agreed(List<IndexedRow> bucket, int status, @Nullable String operation) {
        List<CatalogueRow> pair = new ArrayList<>();
        for (IndexedRow row : bucket) {
            if (row.matches(status, operation)) {
                pair.add(row.row());
            }
        }
        if (pair.isEmpty()) {
            return null;
        }
        CatalogueRow one = pair.get(0);
        if (!pair.stream().allMatch(row -> row.verdict().asksTheSameAs(one.verdict()))) {
            return null;
        }
        ErrorKind kind = pair.stream().allMatch(row -> row.kind() == one.kind()) ? one.kind() : ErrorKind.UNKNOWN;
        boolean oneVerdict = pair.stream().allMatch(row -> row.verdict().equals(one.verdict()));
        // Retries of several paces agree that there is a retry, but not on its pace.
        Verdict verdict = oneVerdict ? one.verdict() : Verdict.retry(Pace.THROTTLE);
        boolean same = pair.stream().allMatch(row -> row.processed() == one.processed());
        boolean something = pair.stream().anyMatch(row -> row.processed() == Processed.YES);
        String advice = "Every documented meaning of code " + one.code() + " with status " + status
                + " gets this verdict, but this sentence is not documented: read it before acting.";
        return Decision.of(verdict, kind, name + "/" + one.code() + "@" + status, advice, one.source())
                .withProcessed(same ? one.processed() : something ? Processed.YES : Processed.UNKNOWN)
                .draft();
    }

    /** Finds a documented sentence of the code under a status that is not documented. */
    private static @Nullable IndexedRow otherStatus(
            List<IndexedRow> bucket, Sentence said, @Nullable String operation) {
        for (IndexedRow row : bucket) {
            if (row.row().fits(operation) && row.says(said)) {
                return row;
            }
        }
        return null;
    }

    private @Nullable IndexedRow pattern(String code, int status, Sentence said, @Nullable String operation) {
        for (IndexedRow row : patterns) {
            if (row.matches(status, operation) && row.matchesCode(code) && (!row.hasMessage() || row.says(said))) {
                return row;
            }
        }
        return null;
    }
}
