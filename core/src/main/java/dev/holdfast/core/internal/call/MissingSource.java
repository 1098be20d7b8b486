package dev.holdfast.core.internal.call;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.service.Operation;
import org.jspecify.annotations.Nullable;

/** Says which line is missing where a call without a credential source is refused. The vendor's advice speaks of a credential, and there was none. */
final class MissingSource {
    private MissingSource() {}

    /** Returns the decision with the missing line before its advice, or the same decision where nothing is missing. */
    static Decision explained(
            Decision decision, CallEngine engine, Operation operation, int status, RequestView request) {
        if (decision.verdict() instanceof Verdict.Reauthenticate renew && renew.renewal() == Verdict.Renewal.REQUEST) {
            return decision.withAdvice(
                    "No hook is set that makes the request anew: set CallOptions.withRebuild. " + decision.advice());
        }
        String line = engine.service().credentialsBy();
        if (operation.withoutCredentials() || engine.credentials() != null || !isRefused(decision, engine, status)) {
            return decision;
        }
        boolean sentOne = !RequestSecrets.of(request).isEmpty();
        return decision.withAdvice((sentOne
                        ? "The request has a credential of its own, and no source could renew it"
                        : "No credential was sent, because no source is set")
                + way(line)
                + decision.advice());
    }

    private static String way(@Nullable String line) {
        return line == null ? ": set one with .credentials(source). " : ": use " + line + ". ";
    }

    /** A metadata service may answer without a credential. A control service never does, so that a refusal of any kind means the missing one. */
    private static boolean isRefused(Decision decision, CallEngine engine, int status) {
        boolean refusal = status == 400 || status == 401 || status == 403;
        return decision.verdict() instanceof Verdict.Reauthenticate
                || (refusal
                        && !engine.service().linkLocal()
                        && engine.service().credentialsBy() != null
                        && decision.verdict() instanceof Verdict.Fail);
    }
}
