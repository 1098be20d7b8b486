package dev.holdfast.core.internal.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.TestService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Callers who keep their own client ask about what their futures and streams threw. */
class WrappedFaultTest {
    private static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(new CompletionException(new ConnectException("Connection refused")), "fault/connect"),
                Arguments.of(new ExecutionException(new SocketTimeoutException("timeout")), "fault/read-timeout"),
                Arguments.of(
                        new UncheckedIOException(new SocketException("Connection reset")), "fault/connection-lost"),
                Arguments.of(
                        new ExecutionException(
                                new CompletionException(new UncheckedIOException(new ConnectException("x")))),
                        "fault/connect"),
                Arguments.of(new CompletionException("no cause", null), "fault/client"),
                Arguments.of(new CompletionException(new IllegalStateException("x")), "fault/client"),
                Arguments.of(new IllegalStateException(new ConnectException("x")), "fault/client"),
                Arguments.of(new IOException("Canceled"), "fault/cancelled"),
                Arguments.of(new ExecutionException(new IOException("Canceled")), "fault/cancelled"),
                Arguments.of(new ClosedByInterruptException(), "fault/cancelled"),
                Arguments.of(new CancellationException(), "fault/cancelled"),
                Arguments.of(new InterruptedException(), "fault/cancelled"),
                Arguments.of(new SocketException("Canceled"), "fault/connection-lost"),
                Arguments.of(new IOException("Canceled by the peer"), "fault/connection-lost"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void theFaultInsideDecides(Throwable fault, String rule) {
        assertThat(TestService.SERVICE.decide(fault).rule()).isEqualTo(rule);
        assertThat(Holdfast.of(TestService.SERVICE).decide(fault).rule()).isEqualTo(rule);
    }

    @Test
    void aCircleOfWrappersEnds() {
        CompletionException circle = new CompletionException("one", null) {
            private static final long serialVersionUID = 1;

            @Override
            public synchronized Throwable getCause() {
                return this;
            }
        };
        assertThat(TestService.SERVICE.decide(circle).rule()).isEqualTo("fault/client");
    }

    @Test
    void aResponseHasOneArgumentOnBoth() {
        ResponseView answer = ResponseView.of(503);
        Decision decision = TestService.SERVICE.decide(answer);
        assertThat(Holdfast.of(TestService.SERVICE).decide(answer)).isEqualTo(decision);
        assertThat(Holdfast.of(TestService.SERVICE).decide(answer, null)).isEqualTo(decision);
    }
}
