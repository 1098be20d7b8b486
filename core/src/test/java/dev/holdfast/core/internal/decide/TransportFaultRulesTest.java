package dev.holdfast.core.internal.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.response.ServiceError;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.HttpRetryException;
import java.net.MalformedURLException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.UnknownServiceException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLKeyException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TransportFaultRulesTest {

    @ParameterizedTest
    @MethodSource
    void whatAFaultMeans(Throwable fault, String rule, ErrorKind kind, Processed processed, boolean retry) {
        Decision decision = TransportFaultRules.decide(fault);
        assertThat(decision.rule()).isEqualTo("fault/" + rule);
        assertThat(decision.kind()).isEqualTo(kind);
        assertThat(decision.processed()).isEqualTo(processed);
        assertThat(decision.verdict()).isEqualTo(retry ? Verdict.retry(Pace.TRANSIENT) : Verdict.fail());
        assertThat(decision.advice()).isNotBlank();
        assertThat(decision.error()).isEqualTo(ServiceError.none());
    }

    static Stream<Arguments> whatAFaultMeans() {
        return Stream.of(
                retried(new ConnectException("Connection refused"), "connect", ErrorKind.UNREACHABLE, Processed.NO),
                retried(new ConnectException(null), "connect", ErrorKind.UNREACHABLE, Processed.NO),
                retried(
                        new ConnectException("Connection timed out"),
                        "connect-timeout",
                        ErrorKind.UNREACHABLE,
                        Processed.NO),
                retried(new NoRouteToHostException("No route"), "connect", ErrorKind.UNREACHABLE, Processed.NO),
                retried(new PortUnreachableException(), "connect", ErrorKind.UNREACHABLE, Processed.NO),
                retried(new UnknownHostException("x"), "dns", ErrorKind.UNREACHABLE, Processed.NO),
                retried(new UnresolvedAddressException(), "dns", ErrorKind.UNREACHABLE, Processed.NO),
                retried(
                        caused(new ConnectException(), new UnresolvedAddressException()),
                        "dns",
                        ErrorKind.UNREACHABLE,
                        Processed.NO),
                retried(
                        new SocketTimeoutException("connect timed out"),
                        "connect-timeout",
                        ErrorKind.UNREACHABLE,
                        Processed.NO),
                retried(
                        new SocketTimeoutException("failed to connect to /169.254.169.254 (port 80) after 1000ms"),
                        "connect-timeout",
                        ErrorKind.UNREACHABLE,
                        Processed.NO),
                retried(
                        new HttpConnectTimeoutException("HTTP connect timed out"),
                        "connect-timeout",
                        ErrorKind.UNREACHABLE,
                        Processed.NO),
                retried(new HttpConnectTimeoutException(null), "connect-timeout", ErrorKind.UNREACHABLE, Processed.NO),
                retried(
                        new SocketTimeoutException("Read timed out"),
                        "read-timeout",
                        ErrorKind.UNAVAILABLE,
                        Processed.UNKNOWN),
                retried(
                        new SocketTimeoutException("timeout"),
                        "read-timeout",
                        ErrorKind.UNAVAILABLE,
                        Processed.UNKNOWN),
                retried(new SocketTimeoutException(), "read-timeout", ErrorKind.UNAVAILABLE, Processed.UNKNOWN),
                retried(
                        new HttpTimeoutException("request timed out"),
                        "read-timeout",
                        ErrorKind.UNAVAILABLE,
                        Processed.UNKNOWN),
                retried(
                        new InterruptedIOException("timeout"),
                        "attempt-timeout",
                        ErrorKind.UNAVAILABLE,
                        Processed.UNKNOWN),
                retried(
                        new SocketException("Connection reset"),
                        "connection-lost",
                        ErrorKind.UNREACHABLE,
                        Processed.UNKNOWN),
                retried(
                        new BindException("Address in use"),
                        "connection-lost",
                        ErrorKind.UNREACHABLE,
                        Processed.UNKNOWN),
                retried(new EOFException(), "connection-lost", ErrorKind.UNREACHABLE, Processed.UNKNOWN),
                retried(new ClosedChannelException(), "connection-lost", ErrorKind.UNREACHABLE, Processed.UNKNOWN),
                retried(new AsynchronousCloseException(), "connection-lost", ErrorKind.UNREACHABLE, Processed.UNKNOWN),
                retried(
                        new IOException("unexpected end of stream"),
                        "connection-lost",
                        ErrorKind.UNREACHABLE,
                        Processed.UNKNOWN),
                retried(new IOException((String) null), "connection-lost", ErrorKind.UNREACHABLE, Processed.UNKNOWN),
                retried(
                        new ProtocolException("unexpected end of stream"),
                        "connection-lost",
                        ErrorKind.UNREACHABLE,
                        Processed.UNKNOWN),
                failed(
                        new ProtocolException("Unexpected status line: \u0000"),
                        "protocol",
                        ErrorKind.INTERMEDIARY,
                        Processed.UNKNOWN),
                failed(new ProtocolException(), "protocol", ErrorKind.INTERMEDIARY, Processed.UNKNOWN),
                failed(
                        new UnknownServiceException("CLEARTEXT not permitted"),
                        "not-sent",
                        ErrorKind.INVALID_REQUEST,
                        Processed.NO),
                failed(new HttpRetryException("x", 401), "not-sent", ErrorKind.INVALID_REQUEST, Processed.NO),
                failed(
                        new MalformedURLException("no protocol: x"),
                        "not-sent",
                        ErrorKind.INVALID_REQUEST,
                        Processed.NO),
                failed(new URISyntaxException("x", "y"), "client", ErrorKind.UNKNOWN, Processed.UNKNOWN),
                failed(new IllegalStateException(), "client", ErrorKind.UNKNOWN, Processed.UNKNOWN),
                failed(new OutOfMemoryError(), "client", ErrorKind.UNKNOWN, Processed.UNKNOWN),
                retried(new SSLException("Connection reset"), "tls", ErrorKind.UNREACHABLE, Processed.UNKNOWN),
                retried(new SSLProtocolException("x"), "tls", ErrorKind.UNREACHABLE, Processed.UNKNOWN),
                retried(new SSLKeyException("x"), "tls", ErrorKind.UNREACHABLE, Processed.UNKNOWN),
                retried(
                        new SSLHandshakeException("Remote host terminated the handshake"),
                        "tls",
                        ErrorKind.UNREACHABLE,
                        Processed.UNKNOWN),
                failed(
                        new SSLException("Unsupported or unrecognized SSL message"),
                        "tls-plaintext",
                        ErrorKind.INVALID_REQUEST,
                        Processed.NO),
                failed(
                        new SSLException("plaintext connection?"),
                        "tls-plaintext",
                        ErrorKind.INVALID_REQUEST,
                        Processed.NO),
                failed(
                        new SSLPeerUnverifiedException("Hostname not verified"),
                        "tls-certificate",
                        ErrorKind.INTERMEDIARY,
                        Processed.NO),
                failed(
                        caused(new SSLHandshakeException("x"), new CertificateExpiredException()),
                        "tls-certificate",
                        ErrorKind.INTERMEDIARY,
                        Processed.NO),
                failed(
                        caused(
                                new SSLHandshakeException("x"),
                                caused(new IOException("y"), new CertPathValidatorException())),
                        "tls-certificate",
                        ErrorKind.INTERMEDIARY,
                        Processed.NO),
                failed(
                        caused(new SSLHandshakeException("x"), new CertPathBuilderException()),
                        "tls-certificate",
                        ErrorKind.INTERMEDIARY,
                        Processed.NO));
    }

    private static Arguments retried(Throwable fault, String rule, ErrorKind kind, Processed processed) {
        return arguments(fault, rule, kind, processed, true);
    }

    private static Arguments failed(Throwable fault, String rule, ErrorKind kind, Processed processed) {
        return arguments(fault, rule, kind, processed, false);
    }

    private static Throwable caused(Throwable fault, Throwable cause) {
        return fault.initCause(cause);
    }

    @Test
    void causesMayFormACircle() {
        Throwable inner = new IOException("inner");
        Throwable outer = caused(new SSLHandshakeException("outer"), inner);
        inner.initCause(outer);
        assertThat(TransportFaultRules.decide(outer).rule()).isEqualTo("fault/tls");
    }

    /** An exception's message may hold an address with a secret in its query. */
    @Test
    void theFaultsTextIsNotRepeated() {
        assertThat(TransportFaultRules.decide(new IOException("CANARY")).toString())
                .doesNotContain("CANARY");
    }
}
