package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Law 10: cancels that race with everything a call may be doing. Each call ends once, and nothing is left of any. */
class Law10RacingCancelsTest {
    // Guards CallHandle.beginWait and endWait: canceled is read under the lock, and a wait ends once
    private static final int CALLS = 500;
    private static final long SEED = Long.getLong("holdfast.seed", 20261121);

    @RegisterExtension
    final Bench bench = Bench.skipping();

    private final Random random = new Random(SEED);
    private final ExecutorService cancellers = Executors.newFixedThreadPool(2);

    private void someAnswers() {
        for (int i = 0; i < 4 * CALLS; i++) {
            int status = List.of(200, 503, 503, 410, 404).get(random.nextInt(5));
            bench.answers(
                    Bench.answer(status, "x".repeat(random.nextInt(3) * 5_000)).build());
        }
        bench.script.always(Bench.ok());
    }

    private Future<?> cancelSoon(Call call) {
        int spins = random.nextInt(4) * random.nextInt(20_000);
        return cancellers.submit(() -> {
            for (int i = 0; i < spins; i++) {
                Thread.onSpinWait();
            }
            call.cancel();
        });
    }

    @Test
    void fiveHundredAsynchronousCalls() throws Exception {
        someAnswers();
        Call.Factory calls = bench.wrap(bench.azure());
        List<Once> all = new ArrayList<>();
        List<Future<?>> cancels = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            Call call = calls.newCall(bench.get(Bench.INSTANCE));
            Once once = new Once();
            all.add(once);
            if (i % 2 == 0) {
                call.enqueue(closing(once));
                cancels.add(cancelSoon(call));
            } else {
                cancels.add(cancelSoon(call));
                call.enqueue(closing(once));
            }
        }
        for (Future<?> cancel : cancels) {
            cancel.get();
        }
        for (Once once : all) {
            once.await();
        }
        cancellers.shutdown();
        assertThat(all).as("seed %s", SEED).allMatch(once -> once.timesTold() == 1);
        long cancelled = all.stream().filter(once -> once.thrown != null).count();
        assertThat(cancelled).as("cancels that came in time, seed %s", SEED).isBetween(1L, (long) CALLS);
    }

    private static Callback closing(Once once) {
        return new Callback() {
            @Override
            public void onFailure(Call call, java.io.IOException e) {
                once.onFailure(call, e);
            }

            @Override
            public void onResponse(Call call, Response response) {
                response.close();
                once.onResponse(call, response);
            }
        };
    }

    @Test
    void fiveHundredBlockingCalls() throws Exception {
        someAnswers();
        Call.Factory calls = bench.wrap(bench.azure());
        int ended = 0;
        for (int i = 0; i < CALLS; i++) {
            Call call = calls.newCall(bench.get(Bench.INSTANCE));
            Future<?> cancel = cancelSoon(call);
            try (Response response = call.execute()) {
                ended++;
            } catch (java.io.IOException cancelled) {
                ended++;
            }
            cancel.get();
        }
        cancellers.shutdown();
        assertThat(ended).isEqualTo(CALLS);
    }
}
