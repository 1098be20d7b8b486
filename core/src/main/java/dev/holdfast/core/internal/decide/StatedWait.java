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
        return isPassing(decision, read.response().status())
                && decision.verdict() instanceof Verdict.Fail
                && RetryAfter.headers(read.response(), read.now()) != null;
    }

    private static boolean isPassing(Decision decision, int status) {
        return switch (status) {
            case 409, 423, 425 -> decision.kind() == ErrorKind.CONFLICT;
            // The server may be short of room for now (RFC 9110, section 15.5.14). A row that knows the 413 tells of a
            // limit that lasts.
            case 413 -> decision.rule().equals("default/413");
            default -> false;
        };
    }

    /** The service refused and did nothing, so that even a write may be sent again. */
    static Decision believed(Decision decision, @Nullable Duration retryAfter) {
        Verdict retry = retryAfter == null ? Verdict.retry(Pace.TRANSIENT) : Verdict.retry(Pace.TRANSIENT, retryAfter);
        return decision.withVerdict(retry).withProcessed(Processed.NO);
    }
}
