package dev.holdfast.testkit.junit;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Names the hook of a service, or the renderer of its contract, that leads to a wrong decision. */
final class ContractBlame {
    /** The hooks by the method that calls them. */
    private static final Map<String, String> HOOKS = Map.of(
            "DecisionPipeline.decide", "the ForeignCheck (Service.Builder.foreign)",
            "Service.retryAfter", "the HintReader (Service.Builder.hints)",
            "Service.declared", "the condition of an operation (Operation.Builder.when)",
            "Service.inspect", "the success check (Service.Builder.success)");

    private ContractBlame() {}

    /** What led to the decision about an answer that {@code render} gave; empty if all hooks did as they should. */
    static String of(ContractRow row, @Nullable Decision decision) {
        if (decision == null) {
            return "; the success check (Service.Builder.success) finds no failure in what render() gave,"
                    + " or no operation inspects successes (Operation.Builder.inspectSuccess)";
        }
        String foreign = foreign(decision);
        if (!foreign.isEmpty()) {
            return foreign;
        }
        String read = decision.error().code();
        String written = row.code();
        if (written != null && !written.equalsIgnoreCase(read)) {
            return "; the parser (Service.Builder.parser, or Service.Builder.success for a 2xx) reads the code "
                    + quoted(read) + " where render() was to write " + quoted(written);
        }
        if (row.row().message() != null && decision.error().message() == null) {
            return "; the parser (Service.Builder.parser, or Service.Builder.success for a 2xx) reads no message"
                    + " where render() was to write " + quoted(row.message());
        }
        return "";
    }

    /** Says so if the service's own check takes what {@code render} gave for an intermediary's answer. */
    static String foreign(Decision decision) {
        boolean veto =
                decision.kind() == ErrorKind.INTERMEDIARY && decision.rule().contains("/foreign-");
        return veto
                ? "; render() gave an answer that the service's ForeignCheck (Service.Builder.foreign) takes for an intermediary's ("
                        + decision.rule()
                        + "): give it the body and headers of the service's own errors, or let the check"
                        + " recognise less"
                : "";
    }

    /** Asks the service, and names the hook that throws. */
    static <T extends @Nullable Object> T asking(Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            throw new AssertionError(hook(e) + " threw " + e + "; a hook must put up with any bytes", e);
        }
    }

    private static String hook(RuntimeException thrown) {
        for (StackTraceElement frame : thrown.getStackTrace()) {
            String method = frame.getClassName().substring(frame.getClassName().lastIndexOf('.') + 1) + "."
                    + frame.getMethodName();
            String hook = HOOKS.get(method);
            if (hook != null) {
                return hook;
            }
        }
        return "the service";
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "null" : "\"" + text + "\"";
    }
}
