package dev.holdfast.core.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.internal.outcome.OutcomeSuppressed;
import java.io.IOException;
import java.net.ConnectException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HoldfastExceptionTest {
    private static final Outcome OUTCOME = Outcome.of("a/b", "read", StopReason.NO_CREDENTIAL);
    private static final Decision REFUSED =
            Decision.of(Verdict.fail(), ErrorKind.FORBIDDEN, "rule", "Grant the permission.", "source");

    static Stream<IOException> thoseWithoutAnAnswer() {
        return Stream.of(
                new HostRefusedException("a/b", "The host", "a/b other", "Way out."),
                new RequestNotPermittedException("a/b", "reads"),
                new CredentialException("There is none", null));
    }

    static Stream<IOException> all() {
        return Stream.concat(
                thoseWithoutAnAnswer(),
                Stream.of(new ServiceException(403, REFUSED, Outcome.of("a/b", "read", StopReason.FAILED))));
    }

    /** So that a switch over the kinds is complete. */
    @Test
    void theKindsAreClosed() {
        assertThat(HoldfastException.class.getPermittedSubclasses())
                .containsExactlyInAnyOrderElementsOf(
                        all().map(IOException::getClass).toList());
    }

    @ParameterizedTest
    @MethodSource("all")
    void oneTypeCatchesThemAllAndIsAnIOException(IOException thrown) {
        assertThat(thrown).isInstanceOf(HoldfastException.class);
    }

    @ParameterizedTest
    @MethodSource("thoseWithoutAnAnswer")
    void theOutcomeIsTheOneThatTheCallAttached(IOException thrown) {
        assertThat(((HoldfastException) thrown).outcome()).isNull();
        OutcomeSuppressed.attach(thrown, OUTCOME);
        assertThat(((HoldfastException) thrown).outcome()).isSameAs(OUTCOME).isSameAs(Outcome.of(thrown));
    }

    @Test
    void aServiceExceptionHasItsOwn() {
        Outcome own = Outcome.of("a/b", "read", StopReason.FAILED);
        HoldfastException thrown = new ServiceException(403, REFUSED, own);
        OutcomeSuppressed.attach(thrown, OUTCOME);
        assertThat(thrown.outcome()).isSameAs(own).isSameAs(Outcome.of(thrown));
    }

    @Test
    void anOutcomeOfACauseIsFound() {
        Outcome ofTheFetch = Outcome.of("a/tokens", "token", StopReason.FAILED);
        ServiceException fetch = new ServiceException(403, REFUSED, ofTheFetch);
        HoldfastException thrown = new CredentialException("There is none", fetch);
        assertThat(thrown.outcome()).isSameAs(ofTheFetch).isSameAs(Outcome.of(thrown));
        OutcomeSuppressed.attach(thrown, OUTCOME);
        assertThat(thrown.outcome()).isSameAs(OUTCOME);
    }

    @Test
    void aFaultOfTheClientStaysWhatItIsAndCarriesTheOutcomeToo() {
        ConnectException thrown = new ConnectException("refused");
        OutcomeSuppressed.attach(thrown, OUTCOME);
        assertThat(Outcome.of(thrown)).isSameAs(OUTCOME);
        assertThat(Outcome.of(new IOException(thrown))).isSameAs(OUTCOME);
    }
}
