package dev.holdfast.core.internal.decide;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.response.ServiceError;

/** What a status means when neither the user nor the vendor says anything: RFC 9110 section 15 and what clients agree on. */
final class DefaultStatusRules {
    private static final String SOURCE = "RFC 9110 section 15 (2022-06)";

    private DefaultStatusRules() {}

    static Decision decide(int status, ServiceError error) {
        return switch (status) {
            case 400, 411, 413, 414, 415, 416, 417, 422, 431 ->
                fail(
                        status,
                        ErrorKind.INVALID_REQUEST,
                        "The request itself was refused; correct it before sending it again.",
                        error);
            case 401 ->
                decision(
                        status,
                        Verdict.reauthenticate(Verdict.Renewal.CREDENTIAL),
                        ErrorKind.UNAUTHENTICATED,
                        Processed.NO,
                        "The credential was missing or not accepted; it is renewed once.",
                        error);
            case 402 -> fail(status, ErrorKind.BILLING, "The service wants payment first; settle the account.", error);
            case 403 -> fail(status, ErrorKind.FORBIDDEN, "The caller may not do this; grant the permission.", error);
            case 404, 410 ->
                fail(status, ErrorKind.NOT_FOUND, "What was asked for does not exist; check the address.", error);
            case 405, 406, 501, 505 ->
                fail(status, ErrorKind.UNSUPPORTED, "The service does not do this; check method and version.", error);
            case 407, 511 ->
                fail(
                        status,
                        ErrorKind.INTERMEDIARY,
                        "A proxy stands between and wants a login; connect directly.",
                        error);
            case 409, 412, 423, 428 ->
                fail(
                        status,
                        ErrorKind.CONFLICT,
                        "The request collides with the state of the resource; read it anew and decide.",
                        error);
            case 408 ->
                retry(
                        status,
                        ErrorKind.UNAVAILABLE,
                        Processed.UNKNOWN,
                        "The service waited too long for the request.",
                        error);
            case 425 ->
                retry(
                        status,
                        ErrorKind.NOT_READY,
                        Processed.NO,
                        "The service asks to send this again later.",
                        error,
                        Pace.TRANSIENT);
            case 429 -> retry(status, ErrorKind.THROTTLED, Processed.NO, "Too many requests; ask less often.", error);
            default -> byClass(status, error);
        };
    }

    private static Decision byClass(int status, ServiceError error) {
        if (status >= 500 && status < 600) {
            return retry(
                    status,
                    ErrorKind.UNAVAILABLE,
                    Processed.UNKNOWN,
                    "The service is out of order; if it stays so, ask its operator.",
                    error);
        }
        if (status >= 400 && status < 500) {
            return fail(
                    status, ErrorKind.INVALID_REQUEST, "The service refused the request; its message says why.", error);
        }
        if (status >= 300 && status < 400) {
            return fail(
                    status,
                    ErrorKind.INTERMEDIARY,
                    "The answer points to another address, which is never followed because it would carry the credentials there.",
                    error);
        }
        return fail(status, ErrorKind.UNKNOWN, "The status has no known meaning; look at who answered.", error);
    }

    private static Decision fail(int status, ErrorKind kind, String advice, ServiceError error) {
        return decision(status, Verdict.fail(), kind, Processed.UNKNOWN, advice, error);
    }

    private static Decision retry(int status, ErrorKind kind, Processed processed, String advice, ServiceError error) {
        return retry(status, kind, processed, advice, error, kind.pace());
    }

    private static Decision retry(
            int status, ErrorKind kind, Processed processed, String advice, ServiceError error, Pace pace) {
        return decision(status, Verdict.retry(pace), kind, processed, advice, error);
    }

    private static Decision decision(
            int status, Verdict verdict, ErrorKind kind, Processed processed, String advice, ServiceError error) {
        return Decision.of(verdict, kind, "default/" + status, advice, SOURCE)
                .withProcessed(processed)
                .withError(error);
    }
}
