package dev.holdfast.cli;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Service;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An answer that somebody saw and wants explained; the request is null where he does not say what was asked. */
record SeenAnswer(
        Service service, ResponseView answer, @Nullable RequestView request) {
    static final int LEAST_STATUS = 100;
    static final int GREATEST_STATUS = 999;

    /** What there is to say of a success. */
    String success() {
        String inspected = service.operations().stream()
                .filter(Operation::inspectSuccess)
                .map(Operation::id)
                .collect(Collectors.joining(", "));
        return request != null || inspected.isEmpty()
                ? "A success: nothing to decide."
                : "A success by its status; name method and path too, because the body of these may tell of a failure: "
                        + inspected + ".";
    }

    /** Null for a success. */
    @Nullable
    Decision decision() {
        boolean success = answer.status() >= 200 && answer.status() <= 299;
        if (request == null) {
            return success ? null : service.decide(answer);
        }
        return success ? service.inspect(answer, request).orElse(null) : service.decide(answer, request);
    }

    /** Takes a path with or without a query, or a whole address out of a log. */
    static @Nullable RequestView request(@Nullable String method, @Nullable String path) {
        if (method == null && path == null) {
            return null;
        }
        String target = path == null ? "/" : path;
        int scheme = target.indexOf("://");
        if (scheme > 0 && !target.startsWith("/")) {
            int slash = target.indexOf('/', scheme + 3);
            target = slash < 0 ? "/" : target.substring(slash);
        }
        return RequestView.of(method == null ? "GET" : method, target.startsWith("/") ? target : "/" + target);
    }
}
