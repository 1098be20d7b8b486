package dev.holdfast.testkit;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.internal.outcome.OutcomeSuppressed;
import dev.holdfast.core.outcome.Attempt;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.ServiceException;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Service;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes and exceptions as a call would end with them, for unit tests of the code that handles them. Each has one attempt that took no
 * time; what an answer means is the service's own decision, so a test breaks when its reading of the vendor is wrong.
 *
 * <p>The stop reason follows from the decision: FAILED for a failure; for a retry that came to its end, PATIENCE where the pace is bounded by
 * patience and ATTEMPTS otherwise; NO_CREDENTIAL where something would have to be renewed.
 */
public final class Outcomes {
    private static final RequestView ROOT = RequestView.of("GET", "/");

    private Outcomes() {}

    /**
     * A call whose first attempt succeeded.
     *
     * @param service the service
     * @param status 200 to 299
     * @return the outcome
     * @throws IllegalArgumentException if the status is no success
     */
    public static Outcome succeeded(Service service, int status) {
        if (!isSuccess(status)) {
            throw new IllegalArgumentException("status must be 200 to 299 for a success, but is " + status);
        }
        return outcome(service, ROOT, status, null, null, StopReason.SUCCEEDED);
    }

    /**
     * A call that ended with an answer which is no success.
     *
     * @param service the service, which decides what the answer means
     * @param status the answer's status
     * @param body the answer's body, as the vendor sends it
     * @return the outcome
     * @throws IllegalArgumentException if the status is a success
     */
    public static Outcome failed(Service service, int status, String body) {
        return failed(service, ResponseView.of(status, HeaderFields.empty(), body), ROOT);
    }

    /**
     * A call that ended with an answer which is no success, where the path or a header makes the difference.
     *
     * @param service the service, which decides what the answer means
     * @param answer the answer
     * @param request the request that it answers
     * @return the outcome
     * @throws IllegalArgumentException if the status is a success
     */
    public static Outcome failed(Service service, ResponseView answer, RequestView request) {
        Decision decision = decide(service, answer, request);
        return outcome(service, request, answer.status(), null, decision, reason(decision));
    }

    /**
     * The exception for an answer which is no success.
     *
     * @param service the service, which decides what the answer means
     * @param status the answer's status
     * @param body the answer's body, as the vendor sends it
     * @return the exception, not thrown
     * @throws IllegalArgumentException if the status is a success
     */
    public static ServiceException exception(Service service, int status, String body) {
        return exception(service, ResponseView.of(status, HeaderFields.empty(), body), ROOT);
    }

    /**
     * The exception for an answer which is no success, where the path or a header makes the difference.
     *
     * @param service the service, which decides what the answer means
     * @param answer the answer
     * @param request the request that it answers
     * @return the exception, not thrown
     * @throws IllegalArgumentException if the status is a success
     */
    public static ServiceException exception(Service service, ResponseView answer, RequestView request) {
        Decision decision = decide(service, answer, request);
        Outcome outcome = outcome(service, request, answer.status(), null, decision, reason(decision));
        return new ServiceException(answer.status(), decision, outcome);
    }

    /**
     * Attaches to an exception of the HTTP client the outcome of a call that ended with it: {@link Outcome#of(Throwable)} finds it.
     *
     * @param <T> the type of the exception, an {@link java.io.IOException} as a rule
     * @param service the service, which decides what the exception means
     * @param thrown the exception
     * @return the same exception
     */
    public static <T extends Throwable> T fault(Service service, T thrown) {
        Decision decision = Holdfast.of(service).decide(thrown, ROOT);
        OutcomeSuppressed.attach(thrown, outcome(service, ROOT, null, thrown, decision, reason(decision)));
        return thrown;
    }

    private static Decision decide(Service service, ResponseView answer, RequestView request) {
        if (isSuccess(answer.status())) {
            throw new IllegalArgumentException(
                    "status must not be 200 to 299 for a failure, but is " + answer.status());
        }
        return service.decide(answer, request);
    }

    private static boolean isSuccess(int status) {
        return status >= 200 && status <= 299;
    }

    private static StopReason reason(Decision decision) {
        if (decision.verdict() instanceof Verdict.Fail) {
            return StopReason.FAILED;
        }
        if (!(decision.verdict() instanceof Verdict.Retry retry)) {
            return StopReason.NO_CREDENTIAL;
        }
        return retry.pace().boundedByPatience() ? StopReason.PATIENCE : StopReason.ATTEMPTS;
    }

    private static Outcome outcome(
            Service service,
            RequestView request,
            @Nullable Integer status,
            @Nullable Throwable fault,
            @Nullable Decision decision,
            StopReason reason) {
        Attempt attempt = status != null
                ? Attempt.answered(1, Duration.ZERO, Duration.ZERO, status)
                : Attempt.unanswered(
                        1,
                        Duration.ZERO,
                        Duration.ZERO,
                        fault == null ? null : fault.getClass().getSimpleName());
        return Outcome.of(service.id(), service.operation(request).id(), reason)
                .withAttempts(List.of(attempt.withDecision(decision)));
    }
}
