package dev.holdfast.emulators.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.outcome.CallOptions;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.core.service.Presence;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A fault before there is a connection: nothing was processed, whatever the class of the exception. */
class NeverConnectedTest {
    @RegisterExtension
    final Bench bench = Bench.skipping();

    private final AtomicInteger connects = new AtomicInteger();

    /** What the kernel answers to a connect, as often as the number says. */
    private void kernelSays(int times, IOException fault) {
        SocketFactory sockets = new SocketFactory() {
            @Override
            public Socket createSocket() {
                return new Socket() {
                    @Override
                    public void connect(SocketAddress address, int timeout) throws IOException {
                        if (connects.incrementAndGet() <= times) {
                            throw fault;
                        }
                        super.connect(address, timeout);
                    }
                };
            }

            @Override
            public Socket createSocket(String host, int port) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Socket createSocket(String host, int port, InetAddress local, int localPort) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Socket createSocket(InetAddress host, int port) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
                throw new UnsupportedOperationException();
            }
        };
        bench.client = bench.client(builder -> builder.socketFactory(sockets));
    }

    @Test
    void aWriteThatIsRepeatedOnlyIfNotProcessedIsRepeatedAfterAMissingRoute() throws IOException {
        kernelSays(1, new SocketException("Network is unreachable"));
        Request write = bench.get(Bench.INSTANCE)
                .newBuilder()
                .post(RequestBody.create("new", null))
                .tag(CallOptions.class, CallOptions.none().withReplay(RetrySafety.IF_NOT_PROCESSED))
                .build();
        bench.answers(Bench.ok());

        try (Response response = bench.call(bench.azure(), write).execute()) {
            Outcome outcome = HoldfastOkHttp.outcomeOf(response);
            assertThat(outcome.attempts()).hasSize(2);
            assertThat(outcome.attempts().get(0).decision().rule()).isEqualTo("fault/connect");
            assertThat(outcome.attempts().get(0).decision().processed()).isEqualTo(Processed.NO);
        }
        assertThat(bench.requests()).isOne();
    }

    private Presence probe() {
        Holdfast holdfast = bench.azure().build();
        return HoldfastOkHttp.probe(bench.client, holdfast);
    }

    @Test
    void noRouteIsAnAbsence() {
        kernelSays(9, new SocketException("Network is unreachable"));
        assertThat(probe()).isEqualTo(Presence.ABSENT);
    }

    @Test
    void aProhibitedRouteIsAnAbsence() {
        kernelSays(9, new SocketException("Permission denied"));
        assertThat(probe()).isEqualTo(Presence.ABSENT);
    }

    @Test
    void aConnectTimeoutProvesNothing() {
        kernelSays(9, new SocketTimeoutException("Connect timed out"));
        assertThat(probe()).isEqualTo(Presence.UNKNOWN);
    }
}
