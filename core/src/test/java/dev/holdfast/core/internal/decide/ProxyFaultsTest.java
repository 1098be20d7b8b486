package dev.holdfast.core.internal.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Processed;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sentences of OkHttp and of the JDK's client; that they are these is shown over sockets beside the adapters. */
class ProxyFaultsTest {

    @ParameterizedTest
    @CsvSource({
        "Failed to authenticate with proxy, proxy-authentication, fail, intermediary",
        "Unexpected response code for CONNECT: 407, proxy-authentication, fail, intermediary",
        "Unexpected response code for CONNECT: 403, proxy-refused, fail, intermediary",
        "Unexpected response code for CONNECT: 302, proxy-refused, fail, intermediary",
        "Unexpected response code for CONNECT: 503, proxy-unavailable, retry, unreachable",
        "'Tunnel failed, got: 502', proxy-unavailable, retry, unreachable",
        "'Tunnel failed, got: 429', proxy-unavailable, retry, unreachable",
        "'Tunnel failed, got: 408', proxy-unavailable, retry, unreachable",
        "'Tunnel failed, got: 404', proxy-refused, fail, intermediary"
    })
    void theServiceHasSeenNothing(String text, String rule, String verdict, String kind) {
        Decision decision = TransportFaultRules.decide(new IOException(text));
        assertThat(decision.rule()).isEqualTo("fault/" + rule);
        assertThat(decision.verdict().id()).isEqualTo(verdict);
        assertThat(decision.kind().id()).isEqualTo(kind);
        assertThat(decision.processed()).isEqualTo(Processed.NO);
    }

    @Test
    void anotherFaultIsNone() {
        assertThat(ProxyFaults.of(new IOException("a proxy, perhaps"))).isNull();
        assertThat(ProxyFaults.of(new IOException())).isNull();
        assertThat(ProxyFaults.of(new IllegalStateException("Tunnel failed, got: 502")))
                .isNull();
    }
}
