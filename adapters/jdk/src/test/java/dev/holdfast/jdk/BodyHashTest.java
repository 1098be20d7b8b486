package dev.holdfast.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A body's hash: of what is there at once, and a sentence for all else. */
class BodyHashTest {
    private static final String OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private final AtomicInteger cancelled = new AtomicInteger();

    private final Flow.Subscription silent = new Flow.Subscription() {
        @Override
        public void request(long count) {}

        @Override
        public void cancel() {
            cancelled.incrementAndGet();
        }
    };

    private static BodyPublisher publisher(Consumer<Flow.Subscriber<? super ByteBuffer>> onSubscribe) {
        return BodyPublishers.fromPublisher(onSubscribe::accept, 3);
    }

    static Stream<BodyPublisher> bodiesThatAreThere() {
        return Stream.of(
                BodyPublishers.ofString("abc"),
                BodyPublishers.ofByteArray(new byte[] {'x', 'a', 'b', 'c'}, 1, 3),
                BodyPublishers.concat(BodyPublishers.ofString("ab"), BodyPublishers.ofString("c")));
    }

    @ParameterizedTest
    @MethodSource("bodiesThatAreThere")
    void whatIsThereIsHashedAndCanBeReadAgain(BodyPublisher body) {
        assertThat(BodyHash.of(body)).isEqualTo(OF_ABC);
        assertThat(BodyHash.of(body)).isEqualTo(OF_ABC);
    }

    @Test
    void oneThatDoesNotCompleteIsNotWaitedForButCancelled() {
        BodyPublisher half = publisher(subscriber -> {
            subscriber.onSubscribe(silent);
            subscriber.onNext(ByteBuffer.wrap(new byte[] {'a'}));
        });
        assertThatThrownBy(() -> BodyHash.of(half))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot be hashed before it is sent");
        assertThat(cancelled).hasValue(1);
    }

    @Test
    void oneThatOpensItsSubscriptionLaterIsCancelledThen() {
        AtomicReference<Flow.Subscriber<? super ByteBuffer>> late = new AtomicReference<>();
        assertThatThrownBy(() -> BodyHash.of(publisher(late::set))).isInstanceOf(IllegalStateException.class);
        assertThat(cancelled).hasValue(0);
        late.get().onSubscribe(silent);
        assertThat(cancelled).hasValue(1);
    }

    @Test
    void oneThatFailsSaysSo() {
        BodyPublisher broken = publisher(subscriber -> {
            subscriber.onSubscribe(silent);
            subscriber.onError(new IOException("disk"));
        });
        assertThatThrownBy(() -> BodyHash.of(broken))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("could not be read")
                .hasRootCauseMessage("disk");
    }

    @Test
    void oneOfUnknownLengthIsNotTouched() {
        BodyPublisher once = BodyPublishers.ofInputStream(() -> {
            throw new AssertionError("opened");
        });
        assertThatThrownBy(() -> BodyHash.of(once)).hasMessageContaining("only once");
    }
}
