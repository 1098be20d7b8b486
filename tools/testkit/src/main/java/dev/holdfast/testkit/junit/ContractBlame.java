package dev.holdfast.testkit.junit;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Names the hook of a service, or the renderer of its contract, that leads to a wrong decision. */
final class ContractBlame {
    private static final String READER = "; the dialect (ErrorDialect.error, or ErrorDialect.failure for a 2xx)";

    private ContractBlame() {}

    /** What led to the decision about an answer that {@code render} gave; empty if all hooks did as they should. */
    static String of(ContractRow row, @Nullable Decision decision) {
        if (decision == null) {
            return "; the dialect (ErrorDialect.failure) finds no failure in what render() gave,"
                    + " or no operation inspects successes (Operation.Builder.inspectSuccess)";
        }
        String foreign = foreign(decision);
        if (!foreign.isEmpty()) {
            return foreign;
        }
        String read = decision.error().code();
        String written = row.code();
        if (written != null && !written.equalsIgnoreCase(read)) {
            return READER + " reads the code " + quoted(read) + " where render() was to write " + quoted(written);
        }
        if (row.row().message() != null && decision.error().message() == null) {
            return READER + " reads no message where render() was to write " + quoted(row.message());
        }
        return "";
    }

    /** Says so if the service's own check takes what {@code render} gave for an intermediary's answer. */
    static String foreign(Decision decision) {
        boolean veto =
                decision.kind() == ErrorKind.INTERMEDIARY && decision.rule().contains("/foreign-");
        return veto
                ? "; render() gave an answer that the service's dialect (ErrorDialect.intermediary) takes for an intermediary's ("
                        + decision.rule()
                        + "): give it the body and headers of the service's own errors, or let the dialect"
                        + " recognise less"
                : "";
    }

    /** Asks the service. A dialect that throws is named by {@link DialectCheck}; what is left is the condition of an operation. */
    static <T extends @Nullable Object> T asking(Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            throw new AssertionError(
                    "the condition of an operation (Operation.Builder.when) threw " + e
                            + "; it must accept any request",
                    e);
        }
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "null" : "\"" + text + "\"";
    }
}
