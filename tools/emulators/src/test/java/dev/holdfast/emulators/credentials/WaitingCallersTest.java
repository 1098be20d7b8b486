package dev.holdfast.emulators.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.credential.CachingCredentialSource;
import dev.holdfast.core.decision.Rule;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import okhttp3.Call;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Callers who wait for a credential that is being fetched: bounded by their own deadlines, and nobody's end is another's. */
class WaitingCallersTest {
    @RegisterExtension
    final Bench bench = Bench.manual();

    private final Tokens tokens = new Tokens(Duration.ofHours(1));

    private Holdfast.Builder withTokens() {
        CachingCredentialSource source = tokens.source(bench.time).build();
        return bench.azure()
                .rule("renew", Rule.on(401).reauthenticate(Verdict.Renewal.CREDENTIAL))
                .credentials(source);
    }

    private static Throwable failure(CompletableFuture<Response> future) {
        Throwable thrown = catchThrowable(() -> future.get());
        return thrown instanceof ExecutionException ? thrown.getCause() : thrown;
    }

    @Test
    void anAsynchronousCallerIsBoundedByItsDeadlineAndTheFetchGoesOn() throws Exception {
        tokens.hold();
        Call.Factory calls = bench.wrap(withTokens().deadline(Duration.ofSeconds(30)));
        CompletableFuture<Response> early = HoldfastOkHttp.send(calls.newCall(bench.get(Bench.INSTANCE)));
        bench.time.advance(Duration.ofSeconds(20));
        CompletableFuture<Response> late = HoldfastOkHttp.send(calls.newCall(bench.get(Bench.INSTANCE)));
        bench.time.advance(Duration.ofSeconds(10));
        Throwable thrown = failure(early);
        assertThat(thrown).isInstanceOf(InterruptedIOException.class);
        assertThat(Outcome.of(thrown).reason()).isEqualTo(StopReason.DEADLINE);
        bench.answers(Bench.ok());
        tokens.answer();
        late.get().close();
        assertThat(tokens.fetches()).isOne();
        assertThat(bench.requests()).isOne();
    }

    @Test
    void aBlockingCallerIsBoundedToo() throws Exception {
        tokens.hold();
        Call call = bench.call(withTokens().deadline(Duration.ofSeconds(30)));
        CompletableFuture<Throwable> ended = CompletableFuture.supplyAsync(() -> catchThrowable(call::execute));
        bench.time.awaitWaiters(1);
        bench.time.advance(Duration.ofSeconds(30));
        Throwable thrown = ended.get();
        assertThat(Outcome.of(thrown).reason()).isEqualTo(StopReason.DEADLINE);
        assertThat(bench.time.pending()).isZero();
    }

    @Test
    void cancelEndsTheWaitAtOnceInBothDrivers() throws Exception {
        tokens.hold();
        Call.Factory calls = bench.wrap(withTokens());
        List<Call> made = new ArrayList<>();
        List<CompletableFuture<Throwable>> ends = new ArrayList<>();
        for (boolean async : new boolean[] {true, false}) {
            Call call = calls.newCall(bench.get(Bench.INSTANCE));
            made.add(call);
            ends.add(
                    async
                            ? HoldfastOkHttp.send(call).handle((response, thrown) -> thrown)
                            : CompletableFuture.supplyAsync(() -> catchThrowable(call::execute)));
        }
        bench.time.awaitWaiters(2);
        made.forEach(Call::cancel);
        for (CompletableFuture<Throwable> end : ends) {
            Throwable thrown = end.get();
            assertThat(Outcome.of(thrown).reason()).isEqualTo(StopReason.CANCELLED);
        }
        assertThat(bench.time.pending()).isZero();
        assertThat(bench.requests()).isZero();
    }

    @Test
    void anInterruptEndsTheWaitAndKeepsTheFlag() throws Exception {
        tokens.hold();
        Call call = bench.call(withTokens());
        CountDownLatch done = new CountDownLatch(1);
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            assertThat(catchThrowable(call::execute)).isInstanceOf(InterruptedIOException.class);
            flag.complete(Thread.currentThread().isInterrupted());
            done.countDown();
        });
        caller.start();
        bench.time.awaitWaiters(1);
        caller.interrupt();
        assertThat(flag.get()).isTrue();
        done.await();
    }

    @Test
    void theSchedulersEndDuringTheWaitEndsTheCall() {
        tokens.hold();
        CompletableFuture<Response> waiting = HoldfastOkHttp.send(bench.call(withTokens()));
        bench.time.shutDown();
        assertThat(Outcome.of(failure(waiting)).reason()).isEqualTo(StopReason.CANCELLED);
    }
}
