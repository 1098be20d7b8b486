package dev.holdfast.core.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.policy.Limits;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Law 9: a response that is not closed costs its permit until the end of its attempt timeout, and not for ever. */
class UnclosedResponseTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(4);

    @RegisterExtension
    final CallBench bench = CallBench.manual();

    private Holdfast single() {
        return bench.unbounded()
                .limits("default", Limits.NONE.concurrency(1))
                .attemptTimeout(TIMEOUT)
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void thePermitComesBackWhenTheAttemptsTimeIsOver(Way way) throws Exception {
        bench.service.always(FakeAnswer.ok());
        Holdfast holdfast = single();
        FakeResponse forgotten = bench.call(holdfast).start(way).response();
        FakeCall waiting = bench.call(holdfast).start(way);
        bench.time.awaitWaiters(2);
        bench.time.advance(TIMEOUT.minusNanos(1));
        assertThat(bench.requests()).isOne();
        bench.time.advance(Duration.ofNanos(1));
        FakeResponse second = waiting.response();
        assertThat(second.status()).isEqualTo(200);
        // A close that comes after all gives nothing back: the second response has the one permit.
        forgotten.close();
        FakeCall third = bench.call(holdfast).start(way);
        bench.time.awaitWaiters(2);
        assertThat(third.hasEnded()).isFalse();
        second.close();
        assertThat(third.close()).isEqualTo(200);
    }

    /** The time that the attempt has taken is part of its timeout, and so is less than a whole timeout left for the body. */
    @ParameterizedTest
    @EnumSource
    void theTimeCountsFromTheAttemptsStart(Way way) throws Exception {
        FakeAnswer slow = FakeAnswer.ok().held();
        bench.service.answers(slow);
        bench.service.always(FakeAnswer.ok());
        Holdfast holdfast = single();
        FakeCall first = bench.call(holdfast).start(way);
        bench.service.awaitRequest();
        bench.time.advance(Duration.ofSeconds(3));
        slow.release();
        FakeResponse forgotten = first.response();
        FakeCall waiting = bench.call(holdfast).start(way);
        bench.time.awaitWaiters(2);
        bench.time.advance(Duration.ofSeconds(1));
        assertThat(waiting.close()).isEqualTo(200);
        forgotten.close();
    }

    @ParameterizedTest
    @EnumSource
    void aResponseThatIsClosedLeavesNoTimer(Way way) throws Exception {
        bench.service.always(FakeAnswer.ok());
        FakeResponse response = bench.call(single()).start(way).response();
        bench.time.awaitWaiters(1);
        response.close();
        assertThat(bench.time.pending()).isZero();
    }
}
