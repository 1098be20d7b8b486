package dev.holdfast.core.error;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What to do about an answer and why. Immutable.
 *
 * @param verdict retry, fail or reauthenticate
 * @param kind why
 * @param pace how fast to come back; null unless the verdict is a retry
 * @param hint the server's own word on when to come back, validated; null where it said nothing usable. It is not yet capped: a
 *     policy that finds it too long ends the call
 * @param didNothing whether the server surely did nothing
 * @param rule the id of what decided, such as {@code azure/imds/lb-not-available}
 * @param advice one sentence for an operator
 * @param source where the rule comes from: document and date
 * @param error what the answer said
 */
public record Decision(
        Verdict verdict,
        Kind kind,
        @Nullable Pace pace,
        @Nullable Duration hint,
        DidNothing didNothing,
        String rule,
        String advice,
        String source,
        ServiceError error)
        implements Serializable {

    /**
     * Checks that nothing is missing and that a pace goes with a retry and with nothing else.
     *
     * @param verdict retry, fail or reauthenticate
     * @param kind why
     * @param pace how fast to come back; null unless the verdict is a retry
     * @param hint the server's own word on when to come back, validated; null where it said nothing usable. It is not yet capped: a policy that finds it too long ends the call
     * @param didNothing whether the server surely did nothing
     * @param rule the id of what decided, such as {@code azure/imds/lb-not-available}
     * @param advice one sentence for an operator
     * @param source where the rule comes from: document and date
     * @param error what the answer said
     */
    public Decision {
        Objects.requireNonNull(verdict, "verdict must not be null");
        Objects.requireNonNull(kind, "kind must not be null");
        Objects.requireNonNull(didNothing, "didNothing must not be null");
        Objects.requireNonNull(rule, "rule must not be null");
        Objects.requireNonNull(advice, "advice must not be null");
        Objects.requireNonNull(source, "source must not be null");
        Objects.requireNonNull(error, "error must not be null");
        if (verdict instanceof Verdict.Retry) {
            pace = pace == null ? kind.pace() : pace;
        } else {
            pace = null;
        }
    }

    /**
     * Whether the call should be repeated as it is.
     *
     * @return true for a retry
     */
    public boolean isRetry() {
        return verdict instanceof Verdict.Retry;
    }

    /**
     * The same with the server's hint.
     *
     * @param newHint the hint, or null
     * @return this or a copy
     */
    public Decision withHint(@Nullable Duration newHint) {
        return Objects.equals(hint, newHint)
                ? this
                : new Decision(verdict, kind, pace, newHint, didNothing, rule, advice, source, error);
    }

    /**
     * The same about another error.
     *
     * @param newError what the answer said
     * @return this or a copy
     */
    public Decision withError(ServiceError newError) {
        return error.equals(newError)
                ? this
                : new Decision(verdict, kind, pace, hint, didNothing, rule, advice, source, newError);
    }
}
