package dev.holdfast.core.decision;

import dev.holdfast.core.internal.text.CodePattern;
import dev.holdfast.core.internal.text.MessageTemplate;
import dev.holdfast.core.internal.text.StatusMatch;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What narrows a {@link Rule.Condition}. Not thread-safe. */
abstract class RuleConditions {
    private final StatusMatch status;
    private final @Nullable ErrorKind fault;
    private @Nullable CodePattern code;
    private @Nullable MessageTemplate message;
    private @Nullable String operation;
    private @Nullable CodePattern path;
    private @Nullable String method;

    @Nullable
    Processed processed;

    @Nullable
    String advice;

    RuleConditions(StatusMatch status, @Nullable ErrorKind fault) {
        this.status = status;
        this.fault = fault;
    }

    abstract Rule.Condition self();

    RuleMatch match() {
        return new RuleMatch(status, fault, code, message, operation, path, method);
    }

    /**
     * The vendor's code.
     *
     * @param codeOrPattern the code, or a pattern with {@code *} such as {@code Throttling.*}; compared without case
     * @return this
     * @throws IllegalArgumentException if it is blank, or the rule is for faults, which have no code
     */
    public Rule.Condition code(String codeOrPattern) {
        forAnswers("code");
        code = new CodePattern(required("code", codeOrPattern));
        return self();
    }

    /**
     * The vendor's sentence. Case, blanks, quotes, entities and a dot at the end do not matter.
     *
     * @param template the sentence; <code>{name}</code> is a place for any text, <code>{name...}</code> for a list in square brackets
     * @return this
     * @throws IllegalArgumentException if it holds no words beside placeholders, or the rule is for faults, which have no message
     */
    public Rule.Condition message(String template) {
        forAnswers("message");
        message = MessageTemplate.compile(template);
        return self();
    }

    /**
     * The operation.
     *
     * @param id an operation's id of the service
     * @return this
     */
    public Rule.Condition operation(String id) {
        operation = required("operation", id);
        return self();
    }

    /**
     * The request's path.
     *
     * @param pathOrPattern the path, or a pattern with {@code *}
     * @return this
     */
    public Rule.Condition path(String pathOrPattern) {
        path = new CodePattern(required("path", pathOrPattern));
        return self();
    }

    /**
     * The request's method.
     *
     * @param name an HTTP method
     * @return this
     */
    public Rule.Condition method(String name) {
        method = required("method", name).toUpperCase(Locale.ROOT);
        return self();
    }

    /**
     * Says that the server did nothing, so that requests which are not safe may be repeated too.
     *
     * @return this
     */
    public Rule.Condition notProcessed() {
        processed = Processed.NO;
        return self();
    }

    /**
     * What an operator should read.
     *
     * @param sentence one sentence
     * @return this
     */
    public Rule.Condition advice(String sentence) {
        advice = required("advice", sentence);
        return self();
    }

    private void forAnswers(String argument) {
        if (fault != null) {
            throw new IllegalArgumentException(argument + " is for answers, but this rule is for faults of kind "
                    + fault + ", which nobody answered");
        }
    }

    static String required(String argument, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(argument + " must not be blank, but is \"" + value + "\"");
        }
        return value;
    }
}
