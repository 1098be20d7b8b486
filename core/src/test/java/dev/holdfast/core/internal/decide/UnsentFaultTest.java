package dev.holdfast.core.internal.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Processed;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UnsentFaultTest {

    static Stream<Arguments> whatAFaultBeforeAConnectionMeans() {
        return Stream.of(
                // What the kernel says of a missing route, a prohibited one and a filter comes as plain
                // SocketExceptions.
                arguments(new SocketException("Network is unreachable"), "connect"),
                arguments(new SocketException("Permission denied"), "connect"),
                arguments(new SocketException("Invalid argument"), "connect"),
                arguments(new IOException("unexpected end of stream"), "connect"),
                arguments(new ConnectException("Connection refused"), "connect"),
                arguments(new SocketTimeoutException("Connect timed out"), "connect-timeout"),
                arguments(new SocketTimeoutException("Read timed out"), "connect-timeout"),
                arguments(new InterruptedIOException("timeout"), "connect-timeout"),
                arguments(new UnknownHostException("metadata"), "dns"),
                arguments(new SSLException("Connection reset"), "tls"),
                arguments(new SSLException("plaintext connection?"), "tls-plaintext"),
                arguments(new SSLHandshakeException("x").initCause(new CertificateException()), "tls-certificate"),
                arguments(new ProtocolException("Too many tunnel connections attempted: 21"), "protocol"),
                arguments(new IOException("Failed to authenticate with proxy"), "proxy-authentication"),
                arguments(new IOException("Unexpected response code for CONNECT: 503"), "proxy-unavailable"),
                arguments(new SocketException("SOCKS: Host unreachable"), "connection-lost"));
    }

    @ParameterizedTest
    @MethodSource
    void whatAFaultBeforeAConnectionMeans(IOException fault, String rule) {
        Decision decision = TransportFaultRules.decide(new UnsentFault(fault, false));
        assertThat(decision.rule()).isEqualTo("fault/" + rule);
        assertThat(decision.processed()).isEqualTo(Processed.NO);
    }

    @Test
    void onAConnectionTheRuleStaysAndNothingWasProcessed() {
        Decision lost = TransportFaultRules.decide(new UnsentFault(new IOException("closed"), true));
        assertThat(lost.rule()).isEqualTo("fault/connection-lost");
        assertThat(lost.processed()).isEqualTo(Processed.NO);
        assertThat(TransportFaultRules.decide(new IOException("closed")).processed())
                .isEqualTo(Processed.UNKNOWN);
    }
}
