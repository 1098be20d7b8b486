package dev.holdfast.core.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.response.RequestView;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** HTTP clients end several calls with one exception object. The outcome on it is of the call that throws it. */
class SharedFaultTest {
    @RegisterExtension
    final CallBench bench = CallBench.skipping();

    /** A type that has no constructor for a copy. */
    private static final class Stubborn extends IOException {
        private static final long serialVersionUID = 1;

        Stubborn(int unused) {
            super("stubborn");
        }
    }

    private Throwable thrown(RequestView request, Way way, Exception fault) throws Exception {
        bench.service.answers(FakeAnswer.fault(fault));
        Holdfast holdfast = bench.unbounded().maxAttempts(1).build();
        return bench.call(holdfast, request, dev.holdfast.core.outcome.CallOptions.none())
                .start(way)
                .thrown();
    }

    private void eachHasItsOwn(Way way, Exception shared) throws Exception {
        Throwable first = thrown(CallBench.READ, way, shared);
        Throwable second = thrown(CallBench.WRITE, way, shared);
        Throwable third = thrown(CallBench.READ, way, shared);
        assertThat(Outcome.of(first).operation()).isEqualTo("read");
        assertThat(Outcome.of(second).operation()).isEqualTo("write");
        assertThat(Outcome.of(third).operation()).isEqualTo("read");
        assertThat(first).isSameAs(shared);
        assertThat(second).isNotSameAs(shared).hasMessage(shared.getMessage()).hasCause(shared);
        assertThat(third).isNotSameAs(second);
    }

    @ParameterizedTest
    @EnumSource
    void aCopyHasTheSameType(Way way) throws Exception {
        for (Exception shared :
                new Exception[] {new SocketException("Connection reset"), new EOFException("end"), new IOException()}) {
            eachHasItsOwn(way, shared);
            assertThat(thrown(CallBench.READ, way, shared)).hasSameClassAs(shared);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBeCopiedIsAnIoException(Way way) throws Exception {
        Stubborn shared = new Stubborn(1);
        eachHasItsOwn(way, shared);
        assertThat(thrown(CallBench.READ, way, shared)).isExactlyInstanceOf(IOException.class);
    }

    /** Its type is what callers know it by. It tells of the call that it ended last. */
    @ParameterizedTest
    @EnumSource
    void anUncheckedOneThatCannotBeCopiedStays(Way way) throws Exception {
        UncheckedIOException shared = new UncheckedIOException(new IOException("inside"));
        assertThat(thrown(CallBench.READ, way, shared)).isSameAs(shared);
        assertThat(Outcome.of(shared).operation()).isEqualTo("read");
        assertThat(thrown(CallBench.WRITE, way, shared)).isSameAs(shared);
        assertThat(Outcome.of(shared).operation()).isEqualTo("write");
    }
}
