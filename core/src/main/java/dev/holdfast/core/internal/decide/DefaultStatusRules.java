package dev.holdfast.core.internal.decide;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.decision.Verdict;

/** What a status means when neither the user nor the vendor says anything: RFC 9110 section 15 and what clients agree on. */
final class DefaultStatusRules {
    private static final String SOURCE = "RFC 9110 section 15 (2022-06)";

    private DefaultStatusRules() {}

    static Decision.Draft decide(int status) {
        return switch (status) {
            case 400, 411, 413, 414, 415, 416, 417, 422, 431 ->
                fail(
                        status,
                        ErrorKind.INVALID_REQUEST,
                        "The request itself was refused; correct it before sending it again.");
            case 401 ->
                decision(
                        status,
                        Verdict.reauthenticate(Verdict.Renewal.CREDENTIAL),
                        ErrorKind.UNAUTHENTICATED,
                        Processed.NO,
                        "The credential was missing or not accepted; it is renewed once.");
            case 402 -> fail(status, ErrorKind.BILLING, "The service wants payment first; settle the account.");
            case 403 -> fail(status, ErrorKind.FORBIDDEN, "The caller may not do this; grant the permission.");
            case 404, 410 -> fail(status, ErrorKind.NOT_FOUND, "What was asked for does not exist; check the address.");
            case 405, 406, 501, 505 ->
                fail(status, ErrorKind.UNSUPPORTED, "The service does not do this; check method and version.");
            case 407, 511 ->
                fail(status, ErrorKind.INTERMEDIARY, "A proxy stands between and wants a login; connect directly.");
            case 409, 412, 423, 428 ->
                fail(
                        status,
                        ErrorKind.CONFLICT,
                        "The request collides with the state of the resource; read it anew and decide.");
            case 408 ->
                retry(status, ErrorKind.UNAVAILABLE, Processed.UNKNOWN, "The service waited too long for the request.");
            case 425 ->
                retry(
                        status,
                        ErrorKind.NOT_READY,
                        Processed.NO,
                        "The service asks to send this again later.",
                        Pace.TRANSIENT);
            case 429 -> retry(status, ErrorKind.THROTTLED, Processed.NO, "Too many requests; ask less often.");
            default -> byClass(status);
        };
    }

    private static Decision.Draft byClass(int status) {
        if (status >= 500 && status < 600) {
            return retry(
                    status,
                    ErrorKind.UNAVAILABLE,
                    Processed.UNKNOWN,
                    "The service is out of order; if it stays so, ask its operator.");
        }
        if (status >= 400 && status < 500) {
            return fail(status, ErrorKind.INVALID_REQUEST, "The service refused the request; its message says why.");
        }
        if (status >= 300 && status < 400) {
            return fail(
                    status,
                    ErrorKind.INTERMEDIARY,
                    "The answer points to another address, which is never followed because it would carry the credentials there.");
        }
        return fail(status, ErrorKind.UNKNOWN, "The status has no known meaning; look at who answered.");
    }

    private static Decision.Draft fail(int status, ErrorKind kind, String advice) {
        return decision(status, Verdict.fail(), kind, Processed.UNKNOWN, advice);
    }

    private static Decision.Draft retry(int status, ErrorKind kind, Processed processed, String advice) {
        return retry(status, kind, processed, advice, kind.pace());
    }

    private static Decision.Draft retry(int status, ErrorKind kind, Processed processed, String advice, Pace pace) {
        return decision(status, Verdict.retry(pace), kind, processed, advice);
    }

    private static Decision.Draft decision(
            int status, Verdict verdict, ErrorKind kind, Processed processed, String advice) {
        return Decision.of(verdict, kind, "default/" + status, advice, SOURCE)
                .withProcessed(processed)
                .draft();
    }
}
