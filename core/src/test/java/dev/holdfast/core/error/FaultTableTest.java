package dev.holdfast.core.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FaultTableTest {

    @ParameterizedTest
    @MethodSource
    void whatAFaultMeans(Throwable fault, String rule, Kind kind, DidNothing nothing, boolean retry) {
        Decision decision = FaultTable.decide(fault);
        assertThat(decision.rule()).isEqualTo("fault/" + rule);
        assertThat(decision.kind()).isEqualTo(kind);
        assertThat(decision.didNothing()).isEqualTo(nothing);
        assertThat(decision.verdict()).isEqualTo(retry ? Verdict.retry() : Verdict.fail());
        assertThat(decision.pace()).isEqualTo(retry ? Pace.TRANSIENT : null);
        assertThat(decision.advice()).isNotBlank();
        assertThat(decision.error()).isEqualTo(ServiceError.none());
    }

    static Stream<Arguments> whatAFaultMeans() {
        return Stream.of(
                retried(new ConnectException("Connection refused"), "connect", Kind.UNREACHABLE, DidNothing.YES),
                retried(new ConnectException(null), "connect", Kind.UNREACHABLE, DidNothing.YES),
                retried(
                        new ConnectException("Connection timed out"),
                        "connect-timeout",
                        Kind.UNREACHABLE,
                        DidNothing.YES),
                retried(new NoRouteToHostException("No route"), "connect", Kind.UNREACHABLE, DidNothing.YES),
                retried(new PortUnreachableException(), "connect", Kind.UNREACHABLE, DidNothing.YES),
                retried(new UnknownHostException("x"), "dns", Kind.UNREACHABLE, DidNothing.YES),
                retried(new UnresolvedAddressException(), "dns", Kind.UNREACHABLE, DidNothing.YES),
                retried(
                        caused(new ConnectException(), new UnresolvedAddressException()),
                        "dns",
                        Kind.UNREACHABLE,
                        DidNothing.YES),
                retried(
                        new SocketTimeoutException("connect timed out"),
                        "connect-timeout",
                        Kind.UNREACHABLE,
                        DidNothing.YES),
                retried(
                        new SocketTimeoutException("failed to connect to /169.254.169.254 (port 80) after 1000ms"),
                        "connect-timeout",
                        Kind.UNREACHABLE,
                        DidNothing.YES),
                retried(
                        new HttpConnectTimeoutException("HTTP connect timed out"),
                        "connect-timeout",
                        Kind.UNREACHABLE,
                        DidNothing.YES),
                retried(new HttpConnectTimeoutException(null), "connect-timeout", Kind.UNREACHABLE, DidNothing.YES),
                retried(
                        new SocketTimeoutException("Read timed out"),
                        "read-timeout",
                        Kind.UNAVAILABLE,
                        DidNothing.UNKNOWN),
                retried(new SocketTimeoutException("timeout"), "read-timeout", Kind.UNAVAILABLE, DidNothing.UNKNOWN),
                retried(new SocketTimeoutException(), "read-timeout", Kind.UNAVAILABLE, DidNothing.UNKNOWN),
                retried(
                        new HttpTimeoutException("request timed out"),
                        "read-timeout",
                        Kind.UNAVAILABLE,
                        DidNothing.UNKNOWN),
                retried(new InterruptedIOException("timeout"), "attempt-timeout", Kind.UNAVAILABLE, DidNothing.UNKNOWN),
                retried(
                        new SocketException("Connection reset"),
                        "connection-lost",
                        Kind.UNREACHABLE,
                        DidNothing.UNKNOWN),
                retried(new BindException("Address in use"), "connection-lost", Kind.UNREACHABLE, DidNothing.UNKNOWN),
                retried(new EOFException(), "connection-lost", Kind.UNREACHABLE, DidNothing.UNKNOWN),
                retried(new ClosedChannelException(), "connection-lost", Kind.UNREACHABLE, DidNothing.UNKNOWN),
                retried(new AsynchronousCloseException(), "connection-lost", Kind.UNREACHABLE, DidNothing.UNKNOWN),
                retried(
                        new IOException("unexpected end of stream"),
                        "connection-lost",
                        Kind.UNREACHABLE,
                        DidNothing.UNKNOWN),
                retried(new IOException((String) null), "connection-lost", Kind.UNREACHABLE, DidNothing.UNKNOWN),
                retried(
                        new ProtocolException("unexpected end of stream"),
                        "connection-lost",
                        Kind.UNREACHABLE,
                        DidNothing.UNKNOWN),
                failed(
                        new ProtocolException("Unexpected status line: \u0000"),
                        "protocol",
                        Kind.INTERMEDIARY,
                        DidNothing.UNKNOWN),
                failed(new ProtocolException(), "protocol", Kind.INTERMEDIARY, DidNothing.UNKNOWN),
                failed(
                        new UnknownServiceException("CLEARTEXT not permitted"),
                        "not-sent",
                        Kind.INVALID_REQUEST,
                        DidNothing.YES),
                failed(new HttpRetryException("x", 401), "not-sent", Kind.INVALID_REQUEST, DidNothing.YES),
                failed(new MalformedURLException("no protocol: x"), "not-sent", Kind.INVALID_REQUEST, DidNothing.YES),
                failed(new URISyntaxException("x", "y"), "client", Kind.UNKNOWN, DidNothing.UNKNOWN),
                failed(new IllegalStateException(), "client", Kind.UNKNOWN, DidNothing.UNKNOWN),
                failed(new OutOfMemoryError(), "client", Kind.UNKNOWN, DidNothing.UNKNOWN),
                retried(new SSLException("Connection reset"), "tls", Kind.UNREACHABLE, DidNothing.UNKNOWN),
                retried(new SSLProtocolException("x"), "tls", Kind.UNREACHABLE, DidNothing.UNKNOWN),
                retried(new SSLKeyException("x"), "tls", Kind.UNREACHABLE, DidNothing.UNKNOWN),
                retried(
                        new SSLHandshakeException("Remote host terminated the handshake"),
                        "tls",
                        Kind.UNREACHABLE,
                        DidNothing.UNKNOWN),
                failed(
                        new SSLException("Unsupported or unrecognized SSL message"),
                        "tls-plaintext",
                        Kind.INVALID_REQUEST,
                        DidNothing.YES),
                failed(
                        new SSLException("plaintext connection?"),
                        "tls-plaintext",
                        Kind.INVALID_REQUEST,
                        DidNothing.YES),
                failed(
                        new SSLPeerUnverifiedException("Hostname not verified"),
                        "tls-certificate",
                        Kind.INTERMEDIARY,
                        DidNothing.YES),
                failed(
                        caused(new SSLHandshakeException("x"), new CertificateExpiredException()),
                        "tls-certificate",
                        Kind.INTERMEDIARY,
                        DidNothing.YES),
                failed(
                        caused(
                                new SSLHandshakeException("x"),
                                caused(new IOException("y"), new CertPathValidatorException())),
                        "tls-certificate",
                        Kind.INTERMEDIARY,
                        DidNothing.YES),
                failed(
                        caused(new SSLHandshakeException("x"), new CertPathBuilderException()),
                        "tls-certificate",
                        Kind.INTERMEDIARY,
                        DidNothing.YES));
    }

    private static Arguments retried(Throwable fault, String rule, Kind kind, DidNothing nothing) {
        return arguments(fault, rule, kind, nothing, true);
    }

    private static Arguments failed(Throwable fault, String rule, Kind kind, DidNothing nothing) {
        return arguments(fault, rule, kind, nothing, false);
    }

    private static Throwable caused(Throwable fault, Throwable cause) {
        return fault.initCause(cause);
    }

    @Test
    @Timeout(20)
    void causesMayFormACircle() {
        Throwable inner = new IOException("inner");
        Throwable outer = caused(new SSLHandshakeException("outer"), inner);
        inner.initCause(outer);
        assertThat(FaultTable.decide(outer).rule()).isEqualTo("fault/tls");
    }

    /** An exception's message may hold an address with a secret in its query. */
    @Test
    void theFaultsTextIsNotRepeated() {
        assertThat(FaultTable.decide(new IOException("CANARY")).toString()).doesNotContain("CANARY");
    }
}
