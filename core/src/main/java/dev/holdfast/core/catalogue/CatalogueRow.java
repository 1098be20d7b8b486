package dev.holdfast.core.catalogue;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.internal.text.MessageTemplate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One line of a vendor's error table: what it recognises and what it decides. Immutable.
 *
 * @param id the row's name, unique in its catalogue
 * @param operations the operations it is bound to; empty for any
 * @param status the status as written: a number, a class such as {@code 5xx}, or {@code *}
 * @param code the vendor's code, a pattern with {@code *}, or null
 * @param message the sentence, or null for any
 * @param verdict what to do; a retry with its pace, and never with a retry-after
 * @param kind why
 * @param processed whether the server acted on the request
 * @param advice one sentence for an operator
 * @param source document and date
 */
public record CatalogueRow(
        String id,
        Set<String> operations,
        String status,
        @Nullable String code,
        @Nullable MessageTemplate message,
        Verdict verdict,
        ErrorKind kind,
        Processed processed,
        String advice,
        String source) {

    /** Where the operation is not known, a sentence is enough to recognise the row; a bare status is not. */
    boolean fits(@Nullable String operation) {
        return operations.isEmpty() || (operation == null ? message != null : operations.contains(operation));
    }

    Decision.Draft draft(String rule) {
        return Decision.of(verdict, kind, rule, advice, source)
                .withProcessed(processed)
                .draft();
    }
}
