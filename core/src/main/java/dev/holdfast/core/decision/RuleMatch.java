package dev.holdfast.core.decision;

import dev.holdfast.core.internal.text.CodePattern;
import dev.holdfast.core.internal.text.MessageTemplate;
import dev.holdfast.core.internal.text.StatusMatch;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ServiceError;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a rule is about. Each component but the status may be null, and is then not looked at. Immutable.
 *
 * @param status the statuses of responses
 * @param fault the kind of transport faults; a rule with it is about no response
 * @param code the vendor's code
 * @param message the vendor's sentence
 * @param operation the operation's id
 * @param path the request's path
 * @param method the request's method
 */
record RuleMatch(
        StatusMatch status,
        @Nullable ErrorKind fault,
        @Nullable CodePattern code,
        @Nullable MessageTemplate message,
        @Nullable String operation,
        @Nullable CodePattern path,
        @Nullable String method) {

    boolean matchesResponse(int answered, ServiceError error, @Nullable String asked, @Nullable RequestView request) {
        return fault == null && status.matches(answered) && saysTheSame(error) && asksTheSame(asked, request);
    }

    boolean matchesFault(ErrorKind met, @Nullable String asked, @Nullable RequestView request) {
        return fault == met && asksTheSame(asked, request);
    }

    /** Returns what stands in the placeholders of the rule's template. */
    Map<String, String> captured(ServiceError error) {
        String said = error.message();
        Map<String, String> captured = message == null || said == null ? null : message.capture(said);
        return captured == null ? Map.of() : captured;
    }

    private boolean saysTheSame(ServiceError error) {
        String saidCode = error.code();
        String said = error.message();
        return (code == null || (saidCode != null && code.matches(saidCode)))
                && (message == null || (said != null && message.matches(said)));
    }

    private boolean asksTheSame(@Nullable String asked, @Nullable RequestView request) {
        return (operation == null || operation.equals(asked))
                && (path == null || (request != null && path.matches(request.path())))
                && (method == null || (request != null && method.equals(request.method())));
    }
}
