package dev.holdfast.core.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.outcome.HoldfastListener;
import dev.holdfast.core.outcome.Outcome;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a listener hears of a call, and that what it throws changes nothing. */
class ListenersTest {
    @RegisterExtension
    final CallBench bench = CallBench.skipping();

    private final List<Object> events = new CopyOnWriteArrayList<>();

    /** Keeps every event and then throws, from one of its methods or from none. */
    private final class Recording implements HoldfastListener {
        private final Class<?> throwsAt;
        private final Throwable thrown;

        Recording(Class<?> throwsAt, Throwable thrown) {
            this.throwsAt = throwsAt;
            this.thrown = thrown;
        }

        private void hear(Object event) {
            events.add(event);
            if (throwsAt.isInstance(event)) {
                ListenersTest.<RuntimeException>sneak(thrown);
            }
        }

        @Override
        public void onAttempt(AttemptEvent event) {
            hear(event);
        }

        @Override
        public void onRetryScheduled(RetryEvent event) {
            hear(event);
        }

        @Override
        public void onReauthenticate(ReauthenticateEvent event) {
            hear(event);
        }

        @Override
        public void onOutcome(OutcomeEvent event) {
            hear(event);
        }
    }

    /** Throws without the compiler's consent. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }

    private Recording silent() {
        return new Recording(Void.class, new AssertionError());
    }

    @ParameterizedTest
    @EnumSource
    void recordsComeInOrder(Way way) throws Exception {
        bench.service.answers(FakeAnswer.status(503), FakeAnswer.ok());
        Outcome outcome =
                bench.call(bench.unbounded().listener(silent())).start(way).outcome();
        assertThat(events)
                .hasExactlyElementsOfTypes(
                        HoldfastListener.AttemptEvent.class,
                        HoldfastListener.RetryEvent.class,
                        HoldfastListener.AttemptEvent.class,
                        HoldfastListener.OutcomeEvent.class);
        HoldfastListener.AttemptEvent first = (HoldfastListener.AttemptEvent) events.get(0);
        HoldfastListener.RetryEvent retry = (HoldfastListener.RetryEvent) events.get(1);
        HoldfastListener.OutcomeEvent last = (HoldfastListener.OutcomeEvent) events.get(3);
        assertThat(first.service()).isEqualTo("test/service");
        assertThat(first.operation()).isEqualTo("read");
        assertThat(first.attempt().status()).isEqualTo(503);
        assertThat(retry.nextAttempt()).isEqualTo(2);
        assertThat(retry.decision()).isEqualTo(first.attempt().decision());
        assertThat(retry.pause()).isEqualTo(outcome.attempts().get(0).pause());
        assertThat(last.outcome()).isEqualTo(outcome);
        assertThat(last.outcome().succeeded()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aFirstSuccessIsHeardOfToo(Way way) throws Exception {
        bench.service.answers(FakeAnswer.ok());
        bench.call(bench.unbounded().listener(silent())).start(way).close();
        assertThat(events)
                .hasExactlyElementsOfTypes(HoldfastListener.AttemptEvent.class, HoldfastListener.OutcomeEvent.class);
    }

    @ParameterizedTest
    @EnumSource
    void aRenewalIsAnEventOfItsOwn(Way way) throws Exception {
        bench.service.answers(FakeAnswer.status(401), FakeAnswer.ok());
        bench.call(bench.unbounded().credentials(new FakeTokens()).listener(silent()))
                .start(way)
                .close();
        assertThat(events)
                .hasExactlyElementsOfTypes(
                        HoldfastListener.AttemptEvent.class,
                        HoldfastListener.ReauthenticateEvent.class,
                        HoldfastListener.AttemptEvent.class,
                        HoldfastListener.OutcomeEvent.class);
        assertThat(((HoldfastListener.ReauthenticateEvent) events.get(1)).nextAttempt())
                .isEqualTo(2);
    }

    static Stream<Arguments> thrown() {
        return Stream.of(
                        HoldfastListener.AttemptEvent.class,
                        HoldfastListener.RetryEvent.class,
                        HoldfastListener.ReauthenticateEvent.class,
                        HoldfastListener.OutcomeEvent.class)
                .flatMap(event -> Stream.of(Way.values())
                        .flatMap(way -> Stream.of(new IllegalStateException("x"), new AssertionError("x"))
                                .map(thrown -> Arguments.of(event, way, thrown))));
    }

    /** Guards CallReporter.tell: catch (RuntimeException | Error). */
    @ParameterizedTest
    @MethodSource("thrown")
    void aListenerThatThrowsChangesNothing(Class<?> event, Way way, Throwable thrown) throws Exception {
        bench.service.answers(FakeAnswer.status(503), FakeAnswer.status(401), FakeAnswer.ok());
        FakeCall call = bench.call(
                        bench.unbounded().credentials(new FakeTokens()).listener(new Recording(event, thrown)))
                .start(way);
        assertThat(call.response().status()).isEqualTo(200);
        assertThat(call.outcome().attempts()).hasSize(3);
        assertThat(call.timesTold()).isOne();
        assertThat(events).hasSize(6).hasAtLeastOneElementOfType(event);
    }
}
