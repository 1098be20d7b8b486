package dev.holdfast.core.catalogue;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.internal.text.CodePattern;
import dev.holdfast.core.internal.text.MessageTemplate;
import dev.holdfast.core.internal.text.NormalizedText;
import dev.holdfast.core.internal.text.StatusMatch;
import dev.holdfast.core.response.ServiceError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the row for an error: a hash on the code, an int comparison on the status, literal segments of the message. */
final class CatalogueIndex {
    /** A row with what is compared, unpacked once. */
    private record Entry(
            CatalogueRow row,
            String rule,
            StatusMatch status,
            @Nullable CodePattern pattern) {
        boolean matches(int answered, @Nullable String operation) {
            return status.matches(answered) && row.fits(operation);
        }

        boolean says(Said said) {
            MessageTemplate template = row.message();
            NormalizedText folded = template == null ? null : said.folded();
            return template != null && folded != null && template.matches(folded);
        }
    }

    /** The sentence of one answer, folded when the first row asks for it: most are found by code and status. */
    private static final class Said {
        private final @Nullable String message;
        private @Nullable NormalizedText folded;

        Said(@Nullable String message) {
            this.message = message;
        }

        @Nullable
        NormalizedText folded() {
            if (folded == null && message != null) {
                folded = NormalizedText.of(message);
            }
            return folded;
        }
    }

    private static final Comparator<Entry> MOST_SPECIFIC_FIRST = Comparator.<Entry>comparingInt(
                    e -> e.row.message() == null ? 1 : 0)
            .thenComparingInt(e -> e.status.width())
            .thenComparingInt(e -> e.row.operations().isEmpty() ? 1 : 0)
            .thenComparingInt(e -> -literalLength(e));

    private final String name;
    private final List<CatalogueRow> rows;
    private final Map<String, List<Entry>> byCode = new HashMap<>();
    private final Map<String, List<Entry>> byLowerCode = new HashMap<>();
    private final List<Entry> withoutCode = new ArrayList<>();
    private final List<Entry> patterns = new ArrayList<>();
    private final List<Entry> defaults = new ArrayList<>();

    CatalogueIndex(String name, List<CatalogueRow> rows) {
        this.name = name;
        this.rows = List.copyOf(rows);
        for (CatalogueRow row : rows) {
            String code = row.code();
            StatusMatch status = StatusMatch.parse(row.status());
            if (code == null) {
                Entry entry = new Entry(row, name + "/" + row.id(), status, null);
                (row.message() == null ? defaults : withoutCode).add(entry);
            } else if (CodePattern.isPattern(code)) {
                patterns.add(new Entry(row, name + "/" + row.id(), status, new CodePattern(code)));
            } else {
                Entry entry = new Entry(row, name + "/" + row.id(), status, null);
                byCode.computeIfAbsent(code, c -> new ArrayList<>()).add(entry);
                byLowerCode
                        .computeIfAbsent(code.toLowerCase(Locale.ROOT), c -> new ArrayList<>())
                        .add(entry);
            }
        }
        byCode.values().forEach(entries -> entries.sort(MOST_SPECIFIC_FIRST));
        byLowerCode.values().forEach(entries -> entries.sort(MOST_SPECIFIC_FIRST));
        withoutCode.sort(MOST_SPECIFIC_FIRST);
        defaults.sort(MOST_SPECIFIC_FIRST);
        patterns.sort(Comparator.<Entry>comparingInt(e -> -literalLength(e)).thenComparing(MOST_SPECIFIC_FIRST));
    }

    private static int literalLength(Entry entry) {
        MessageTemplate template = entry.row.message();
        int words = template == null ? 0 : template.literalLength();
        return entry.pattern == null ? words : entry.pattern.literalLength() * 1_000 + words;
    }

    List<CatalogueRow> rows() {
        return rows;
    }

    /** The code is the one to look for; the error may have been sent with another. */
    @Nullable
    Decision find(int status, ServiceError error, @Nullable String code, @Nullable String operation) {
        Said said = new Said(error.message());
        Entry found;
        if (code == null) {
            // A sentence alone, under another status than the documented one, is too little to go by.
            found = first(withoutCode, status, said, operation, false);
        } else {
            List<Entry> bucket = bucket(code);
            found = first(bucket, status, said, operation, true);
            if (found == null) {
                Decision agreed = agreed(bucket, status, error, operation);
                if (agreed != null) {
                    return agreed;
                }
                // A failure behind a 2xx is never decided by what the code means under an error status.
                found = status / 100 == 2 ? null : otherStatus(bucket, said, operation);
            }
            found = found != null ? found : pattern(code, status, said, operation);
        }
        found = found != null ? found : first(defaults, status, said, operation, true);
        return found == null ? null : found.row.decide(found.rule, withCaptured(found, said, error));
    }

    private List<Entry> bucket(String code) {
        List<Entry> bucket = byCode.get(code);
        if (bucket == null) {
            bucket = byLowerCode.get(code.toLowerCase(Locale.ROOT));
        }
        return bucket == null ? List.of() : bucket;
    }

    private static @Nullable Entry first(
            List<Entry> bucket, int status, Said message, @Nullable String operation, boolean anyMessage) {
        for (Entry entry : bucket) {
            if (entry.matches(status, operation) && (entry.row.message() == null ? anyMessage : entry.says(message))) {
                return operation == null ? forAny(entry, bucket) : entry;
            }
        }
        return null;
    }

    /** Where the operation is not known, a row for any operation decides before its twin for one. */
    private static Entry forAny(Entry found, List<Entry> bucket) {
        for (Entry other : bucket) {
            if (other.row.operations().isEmpty()
                    && other.status.equals(found.status)
                    && String.valueOf(other.row.message()).equals(String.valueOf(found.row.message()))) {
                return other;
            }
        }
        return found;
    }

    /** The pair is known under other sentences only: it decides if they all say the same. */
    private @Nullable Decision agreed(List<Entry> bucket, int status, ServiceError error, @Nullable String operation) {
        List<CatalogueRow> pair = new ArrayList<>();
        for (Entry entry : bucket) {
            if (entry.matches(status, operation)) {
                pair.add(entry.row);
            }
        }
        if (pair.isEmpty()
                || pair.stream().map(CatalogueRow::verdict).distinct().count() > 1) {
            return null;
        }
        CatalogueRow one = pair.get(0);
        ErrorKind kind = pair.stream().allMatch(row -> row.kind() == one.kind()) ? one.kind() : ErrorKind.UNKNOWN;
        Pace pace = pair.stream().allMatch(row -> row.pace() == one.pace()) ? one.pace() : Pace.THROTTLE;
        boolean same = pair.stream().allMatch(row -> row.processed() == one.processed());
        boolean something = pair.stream().anyMatch(row -> row.processed() == Processed.YES);
        String advice = "Every documented meaning of code " + one.code() + " with status " + status
                + " gets this verdict, but this sentence is not documented: read it before acting.";
        return Decision.of(one.verdict(), kind, name + "/" + one.code() + "@" + status, advice, one.source())
                .withPace(pace)
                .withDidNothing(same ? one.processed() : something ? Processed.YES : Processed.UNKNOWN)
                .withError(error);
    }

    private static @Nullable Entry otherStatus(List<Entry> bucket, Said message, @Nullable String operation) {
        for (Entry entry : bucket) {
            if (entry.row.fits(operation) && entry.says(message)) {
                return entry;
            }
        }
        return null;
    }

    private @Nullable Entry pattern(String code, int status, Said message, @Nullable String operation) {
        for (Entry entry : patterns) {
            if (entry.matches(status, operation)
                    && entry.pattern != null
                    && entry.pattern.matches(code)
                    && (entry.row.message() == null || entry.says(message))) {
                return entry;
            }
        }
        return null;
    }

    private static ServiceError withCaptured(Entry entry, Said said, ServiceError error) {
        MessageTemplate template = entry.row.message();
        NormalizedText message = template == null ? null : said.folded();
        return template == null || message == null ? error : error.withCaptured(template.capture(message));
    }
}
