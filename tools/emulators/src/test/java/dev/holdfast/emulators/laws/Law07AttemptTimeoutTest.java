package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Adapter.Reply;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Law 7 in real time: an attempt that takes too long ends as a timeout, which is repeated, and not as a cancel, which is not. A short timeout
 * stands where nothing else may come; where an answer follows, the test fires the timeout itself.
 */
class Law07AttemptTimeoutTest {
    // Guards OkHttpExchange.noted: endedByItself = !rejected, which tells a timeout from a cancel
    private static final Duration SHORT = Duration.ofMillis(150);
    /** Never fires by itself: the test's own limit is shorter. */
    private static final Duration LONG = Duration.ofMinutes(10);

    @RegisterExtension
    final Bench bench = Bench.skipping();

    private Reply call(Adapter adapter, Holdfast.Builder holdfast) throws Exception {
        return adapter.call(bench, holdfast.build(), Ask.get(Bench.INSTANCE));
    }

    /** The head comes, and of the body only the beginning. */
    private static MockResponse halfway(int status) {
        return Bench.answer(status, "x".repeat(20_000))
                .onResponseBody(SocketEffect.Stall.INSTANCE)
                .build();
    }

    /** The faults' matrix has the same for java.net.http. */
    @ParameterizedTest
    @EnumSource(names = {"OKHTTP_EXECUTE", "OKHTTP_ENQUEUE"})
    void aStalledAttemptIsFollowedByAnother(Adapter adapter) throws Exception {
        bench.answers(Bench.stalled(), Bench.ok());
        AtomicBoolean fired = new AtomicBoolean();
        bench.client = bench.client(builder -> builder.eventListener(new EventListener() {
            @Override
            public void requestHeadersEnd(Call call, Request request) {
                if (!fired.getAndSet(true)) {
                    Background.run(() -> {
                        bench.script.next();
                        TimeoutNow.fire(call);
                        return null;
                    });
                }
            }
        }));

        Reply reply = call(adapter, bench.azure().attemptTimeout(LONG));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.outcome().attempts()).hasSize(2);
        assertThat(reply.outcome().attempts().get(0).decision().kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(bench.requests()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void stalledForEverItEndsWithTheAttempts(Adapter adapter) throws Exception {
        bench.script.always(Bench.stalled());

        Reply reply = call(adapter, bench.azure().attemptTimeout(SHORT).maxAttempts(2));

        assertThat(reply.thrown()).isInstanceOf(java.io.IOException.class);
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.ATTEMPTS);
        assertThat(reply.outcome().attempts()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsLeftOfTheDeadlineBoundsTheAttempt(Adapter adapter) throws Exception {
        bench.script.always(Bench.stalled());

        Reply reply = call(adapter, bench.azure().attemptTimeout(LONG).deadline(SHORT));

        assertThat(reply.outcome().reason()).isEqualTo(StopReason.DEADLINE);
        assertThat(reply.outcome().attempts()).hasSize(1);
    }

    /** The faults' matrix has the same for java.net.http. */
    @ParameterizedTest
    @EnumSource(names = {"OKHTTP_EXECUTE", "OKHTTP_ENQUEUE"})
    void aBodyThatStallsIsDecidedByItsStatus(Adapter adapter) throws Exception {
        bench.answers(halfway(503), Bench.ok());
        AtomicBoolean fired = new AtomicBoolean();
        bench.client = bench.client(builder -> builder.eventListener(new EventListener() {
            @Override
            public void responseBodyStart(Call call) {
                if (!fired.getAndSet(true)) {
                    TimeoutNow.fire(call);
                }
            }
        }));

        Reply reply = call(adapter, bench.azure().attemptTimeout(LONG));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.outcome().attempts().get(0).status()).isEqualTo(503);
        assertThat(bench.requests()).isEqualTo(2);
    }

    @Test
    void anOkHttpTimeoutKeepsItsType() throws Exception {
        bench.script.always(Bench.stalled());
        Reply reply =
                call(Adapter.OKHTTP_EXECUTE, bench.azure().attemptTimeout(SHORT).maxAttempts(1));
        assertThat(reply.thrown()).isInstanceOf(InterruptedIOException.class).hasMessage("timeout");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
