package dev.holdfast.core.catalogue;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.internal.text.CodePattern;
import dev.holdfast.core.internal.text.MessageTemplate;
import dev.holdfast.core.internal.text.NormalizedText;
import dev.holdfast.core.internal.text.StatusMatch;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A row of a catalogue with its status and code parsed once, when the index is made.
 *
 * @param row the row
 * @param draft what it decides
 * @param status its status, parsed
 * @param pattern its code, parsed; null for a literal code or none
 */
record IndexedRow(
        CatalogueRow row,
        Decision.Draft draft,
        StatusMatch status,
        @Nullable CodePattern pattern) {
    /** Puts the row that says most about an error before those that say less. */
    static final Comparator<IndexedRow> MOST_SPECIFIC_FIRST = Comparator.<IndexedRow>comparingInt(
                    r -> r.hasMessage() ? 0 : 1)
            .thenComparingInt(r -> r.status.width())
            .thenComparingInt(r -> r.forAnyOperation() ? 1 : 0)
            .thenComparingInt(r -> -r.literalLength());

    /** Puts the longest code pattern first: the more letters it names, the fewer codes it fits by chance. */
    static final Comparator<IndexedRow> LONGEST_PATTERN_FIRST =
            Comparator.<IndexedRow>comparingInt(r -> -r.literalLength()).thenComparing(MOST_SPECIFIC_FIRST);

    /** Makes one letter of a code outweigh any message: no template has as many letters. */
    private static final int CODE_LETTER = 1_000;

    static IndexedRow of(String catalogue, CatalogueRow row) {
        String code = row.code();
        CodePattern pattern = code != null && CodePattern.isPattern(code) ? new CodePattern(code) : null;
        return new IndexedRow(row, row.draft(catalogue + "/" + row.id()), StatusMatch.parse(row.status()), pattern);
    }

    boolean hasMessage() {
        return row.message() != null;
    }

    boolean forAnyOperation() {
        return row.operations().isEmpty();
    }

    boolean matches(int answered, @Nullable String operation) {
        return status.matches(answered) && row.fits(operation);
    }

    boolean matchesCode(String code) {
        return pattern != null && pattern.matches(code);
    }

    /** Tells whether the row has a message and the response says it. */
    boolean says(Sentence sentence) {
        MessageTemplate template = row.message();
        NormalizedText text = template == null ? null : sentence.normalized();
        return template != null && text != null && template.matches(text);
    }

    /** Tells whether two rows fit the same responses, operations aside. */
    boolean hasStatusAndMessageOf(IndexedRow other) {
        return status.equals(other.status) && String.valueOf(row.message()).equals(String.valueOf(other.row.message()));
    }

    /** Decides by this row, with what its template captures from the sentence. */
    Decision.Draft decide(Sentence sentence) {
        MessageTemplate template = row.message();
        NormalizedText text = template == null ? null : sentence.normalized();
        return template == null || text == null ? draft : draft.capturing(template.capture(text));
    }

    private int literalLength() {
        MessageTemplate template = row.message();
        int words = template == null ? 0 : template.literalLength();
        return pattern == null ? words : pattern.literalLength() * CODE_LETTER + words;
    }

    /** The sentence of one response. It is normalized when the first row asks for it, because code and status find most rows without. */
    static final class Sentence {
        private final @Nullable String message;
        private @Nullable NormalizedText normalized;

        Sentence(@Nullable String message) {
            this.message = message;
        }

        @Nullable
        NormalizedText normalized() {
            if (normalized == null && message != null) {
                normalized = NormalizedText.of(message);
            }
            return normalized;
        }
    }
}
