package dev.holdfast.core.internal.decide;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.spi.ErrorDialect.Context;
import dev.holdfast.core.spi.RetryAfter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A service that refuses for the state of a resource and says when to come back is believed: {@code Retry-After} may stand with every status (RFC 9110
 * section 10.2.3). A refusal that names a lasting reason stays a failure, such as a missing registration or an unpaid bill.
 */
final class StatedWait {
    private StatedWait() {}

    /** The header alone counts: a sentence that says "try again" decides nothing. */
    static boolean isIn(Decision decision, Context read) {
        int status = read.response().status();
        boolean ofState = status == 409 || status == 423 || status == 425;
        // A 413 with a Retry-After says that the server is short of room for now (RFC 9110, section 15.5.14).
        ErrorKind passing = ofState ? ErrorKind.CONFLICT : ErrorKind.INVALID_REQUEST;
        return (ofState || status == 413)
                && decision.kind() == passing
                && decision.verdict() instanceof Verdict.Fail
                && RetryAfter.headers(read.response(), read.now()) != null;
    }

    /** The service refused and did nothing, so that even a write may be sent again. */
    static Decision believed(Decision decision, @Nullable Duration retryAfter) {
        Verdict retry = retryAfter == null ? Verdict.retry(Pace.TRANSIENT) : Verdict.retry(Pace.TRANSIENT, retryAfter);
        return decision.withVerdict(retry).withProcessed(Processed.NO);
    }
}
