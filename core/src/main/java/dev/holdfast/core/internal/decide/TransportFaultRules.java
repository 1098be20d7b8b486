package dev.holdfast.core.internal.decide;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.internal.outcome.BrokenAnswerException;
import dev.holdfast.core.internal.outcome.UnusableAnswerException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.HttpRetryException;
import java.net.MalformedURLException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.UnknownServiceException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Objects;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What a transport fault means. The advice names the causes that operators met with metadata endpoints. */
public final class TransportFaultRules {
    private static final String SOURCE = "measured on JDK 17 and 25 (2026-11)";
    private static final String NOBODY =
            "Nobody answers at this address: check that the metadata service is enabled, that a route to it "
                    + "exists (on Windows a persistent host route), that no firewall rule rejects this user, and that this is the right cloud.";

    private static final String READ_TIMEOUT = "fault/read-timeout";
    private static final String ATTEMPT_TIMEOUT = "fault/attempt-timeout";
    private static final String CONNECTION_LOST = "fault/connection-lost";

    private static final Class<?>[] CERTIFICATE_FAULTS = {
        CertificateException.class, CertPathValidatorException.class, CertPathBuilderException.class
    };

    /** Causes may form a circle. */
    private static final int DEEPEST_CAUSE = 20;

    private TransportFaultRules() {}

    /**
     * Decides what a fault means.
     *
     * @param thrown what the client threw, in the wrapper of a future or a stream or bare, or an {@link UnsentFault} around it
     * @return the decision, without a retry-after
     */
    public static Decision decide(Throwable thrown) {
        Throwable fault = WrappedFault.inside(thrown);
        if (WrappedFault.isCancel(fault)) {
            return fail("cancelled", ErrorKind.UNKNOWN, Processed.UNKNOWN, "The caller cancelled the call.");
        }
        if (fault instanceof BrokenAnswerException broken) {
            Decision decision = decide(UnusableAnswerException.reason(broken));
            return decision.rule().equals("fault/protocol") ? protocol(broken.status()) : decision;
        }
        return fault instanceof UnsentFault unsent ? unsent(unsent) : thrown(fault);
    }

    /**
     * Whether a fault means that a connection was lost: no time-out, and no answer that cannot be read.
     *
     * @param fault what the client threw
     * @return true if the connection broke
     */
    public static boolean isLoss(Throwable fault) {
        String rule = thrown(fault).rule();
        return rule.equals(CONNECTION_LOST) || rule.equals("fault/tls");
    }

    /**
     * Whether a fault means that no answer came in time.
     *
     * @param fault what the client threw
     * @return true for a time-out on a connection
     */
    public static boolean isTimeout(Throwable fault) {
        return isSilence(thrown(fault).rule());
    }

    /**
     * Whether a rule means that no answer came in time.
     *
     * @param rule the rule of a decision
     * @return true for a time-out on a connection
     */
    public static boolean isSilence(String rule) {
        return rule.equals(READ_TIMEOUT) || rule.equals(ATTEMPT_TIMEOUT);
    }

    /**
     * Whether the peer declared over HTTP/2 that it did not process the request.
     *
     * @param fault what the client threw
     * @return true if it did
     */
    public static boolean isDeclaredUnprocessed(Throwable fault) {
        return Http2Word.of(fault) == Http2Word.NOT_PROCESSED;
    }

    /** Nothing of the request was written, so that the service did nothing, whatever the class of the exception. */
    private static Decision unsent(UnsentFault unsent) {
        Throwable fault = Objects.requireNonNull(unsent.getCause());
        Decision usual = thrown(fault);
        if (unsent.connected()) {
            return usual.withProcessed(Processed.NO);
        }
        return switch (usual.rule()) {
            // The time ran out while the client connected: whether somebody is there is not known.
            case READ_TIMEOUT, ATTEMPT_TIMEOUT -> connect("connect-timeout");
            case CONNECTION_LOST -> isProxys(fault) ? usual.withProcessed(Processed.NO) : connect("connect");
            default -> usual.withProcessed(Processed.NO);
        };
    }

    /** A proxy spoke, and {@link ProxyFaults} does not know what it said. OkHttp tells by the text alone. */
    private static boolean isProxys(Throwable fault) {
        String text = String.valueOf(fault.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("proxy") || text.contains("socks");
    }

    private static Decision connect(String id) {
        return retry(id, ErrorKind.UNREACHABLE, Processed.NO, NOBODY);
    }

    private static Decision thrown(Throwable fault) {
        return switch (Http2Word.of(fault)) {
            case NOT_PROCESSED ->
                retry(
                        "not-processed",
                        ErrorKind.UNAVAILABLE,
                        Processed.NO,
                        "The peer declared over HTTP/2 that it did not process the request: a gateway that restarts, or too many streams at once.");
            case CALM ->
                retry(
                                "calm",
                                ErrorKind.THROTTLED,
                                Processed.UNKNOWN,
                                "The peer asked for calm over HTTP/2 (ENHANCE_YOUR_CALM): send less at once.")
                        .withVerdict(Verdict.retry(Pace.THROTTLE));
            case HTTP_1_1_REQUIRED ->
                fail(
                        "http-1-1-required",
                        ErrorKind.INVALID_REQUEST,
                        Processed.NO,
                        "The peer takes this request over HTTP/1.1 alone: set the client to that protocol.");
            case HEADERS_TOO_LARGE -> protocol(ProtocolFault.status(fault));
            case NONE -> byClass(fault);
        };
    }

    private static Decision byClass(Throwable fault) {
        Decision proxys = ProxyFaults.of(fault);
        if (proxys != null) {
            return proxys;
        }
        if (fault instanceof UnusableAnswerException) {
            return retry(
                    "unusable-answer",
                    ErrorKind.UNAVAILABLE,
                    Processed.YES,
                    "A success came without what was asked for: a service that is starting or overloaded, or something between that answers for it.");
        }
        String text = String.valueOf(fault.getMessage()).toLowerCase(Locale.ROOT);
        if (fault instanceof SSLPeerUnverifiedException
                || (fault instanceof SSLHandshakeException && causedBy(fault, CERTIFICATE_FAULTS))) {
            return fail(
                    "tls-certificate",
                    ErrorKind.INTERMEDIARY,
                    Processed.NO,
                    "The certificate is not trusted: a proxy that intercepts TLS, a wrong host name or a wrong clock.");
        }
        if (fault instanceof SSLException) {
            boolean plain = text.contains("plaintext") || text.contains("unsupported or unrecognized");
            return plain
                    ? fail(
                            "tls-plaintext",
                            ErrorKind.INVALID_REQUEST,
                            Processed.NO,
                            "The port does not speak TLS: use http, or the right port.")
                    : retry(
                            "tls",
                            ErrorKind.UNREACHABLE,
                            Processed.UNKNOWN,
                            "The TLS connection broke: a network fault, or something between that does not speak TLS.");
        }
        if (fault instanceof UnknownHostException || causedBy(fault, UnresolvedAddressException.class)) {
            return retry(
                    "dns",
                    ErrorKind.UNREACHABLE,
                    Processed.NO,
                    "The host name does not resolve: check the name, the resolver and that this is the right cloud.");
        }
        if (fault instanceof ConnectException
                || fault instanceof NoRouteToHostException
                || fault instanceof PortUnreachableException) {
            boolean timedOut = text.contains("timed out");
            return connect(timedOut ? "connect-timeout" : "connect");
        }
        if (fault instanceof SocketTimeoutException || isJdkTimeout(fault)) {
            boolean connecting =
                    text.contains("connect") || fault.getClass().getName().contains("Connect");
            return connecting
                    ? connect("connect-timeout")
                    : retry(
                            "read-timeout",
                            ErrorKind.UNAVAILABLE,
                            Processed.UNKNOWN,
                            "The connection stands but no answer came in time: the service is slow, or answers are lost (hop limit too low inside a container).");
        }
        if (fault instanceof InterruptedIOException) {
            return retry(
                    "attempt-timeout",
                    ErrorKind.UNAVAILABLE,
                    Processed.UNKNOWN,
                    "The attempt took longer than its timeout: the service is slow, its answers are lost (hop limit too low inside a "
                            + "container), or nobody is there (no route to it, not the right cloud).");
        }
        if (fault instanceof UnknownServiceException
                || fault instanceof HttpRetryException
                || fault instanceof MalformedURLException) {
            return fail(
                    "not-sent",
                    ErrorKind.INVALID_REQUEST,
                    Processed.NO,
                    "The client refuses to send this: " + CHECK_THE_REQUEST);
        }
        if (fault instanceof ProtocolException) {
            boolean cutOff = text.contains("unexpected end of stream");
            return cutOff ? lost() : protocol(ProtocolFault.status(fault));
        }
        if (fault instanceof IOException) {
            return ProtocolFault.isNamedIn(text) ? protocol(ProtocolFault.status(fault)) : lost();
        }
        return fail(
                "client",
                ErrorKind.UNKNOWN,
                Processed.UNKNOWN,
                "The HTTP client threw what is no transport fault: look at the exception.");
    }

    private static final String CHECK_THE_REQUEST = "a scheme or protocol that it is not set up for.";

    private static Decision protocol(int status) {
        String advice = status == 0
                ? "What came back is no HTTP answer: something else listens at this address."
                : "The answer with status " + status
                        + " breaks the rules of HTTP: look at what answers at this address, a faulty service or something between.";
        return fail("protocol", ErrorKind.INTERMEDIARY, Processed.UNKNOWN, advice);
    }

    private static Decision lost() {
        return retry(
                "connection-lost",
                ErrorKind.UNREACHABLE,
                Processed.UNKNOWN,
                "The connection was lost before the answer was complete: a restart of the service, or a pooled connection that had gone stale.");
    }

    private static boolean isJdkTimeout(Throwable fault) {
        // java.net.http is a module that an agent may have left out of its runtime image, so its type is not named
        // here.
        return fault.getClass().getName().startsWith("java.net.http.Http")
                && fault.getClass().getName().endsWith("TimeoutException");
    }

    private static boolean causedBy(Throwable fault, Class<?>... types) {
        int depth = 0;
        for (Throwable cause = fault; cause != null && depth < DEEPEST_CAUSE; cause = cause.getCause(), depth++) {
            for (Class<?> type : types) {
                if (type.isInstance(cause)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Decision retry(String id, ErrorKind kind, Processed processed, String advice) {
        return Decision.of(Verdict.retry(Pace.TRANSIENT), kind, "fault/" + id, advice, SOURCE)
                .withProcessed(processed);
    }

    private static Decision fail(String id, ErrorKind kind, Processed processed, String advice) {
        return Decision.of(Verdict.fail(), kind, "fault/" + id, advice, SOURCE).withProcessed(processed);
    }
}
