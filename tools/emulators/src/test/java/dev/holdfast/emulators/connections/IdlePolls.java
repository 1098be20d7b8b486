package dev.holdfast.emulators.connections;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.time.TimeSource;
import dev.holdfast.core.time.VirtualTime;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * An agent that polls every 20 s, against a server that closes each connection while it is idle: the plain client and the wrapped one in one
 * run. The waits of the wrapped client and the time between polls are virtual; the rest is measured. The page docs/networking.md has the
 * numbers. Started with {@code main}, it prints them.
 */
final class IdlePolls {
    static final int POLLS = 60;
    private static final Duration EVERY = Duration.ofSeconds(20);

    private IdlePolls() {}

    /**
     * What 60 polls came to.
     *
     * @param failed polls without a response
     * @param attempts requests that the client made, in all
     * @param waited what the client waited between attempts, in all
     * @param medianMicros the time of the middle poll, without the waits
     */
    record Result(int failed, int attempts, Duration waited, long medianMicros) {
        String row(String name) {
            return String.format(
                    Locale.ROOT,
                    "| %s | %d | %d | %d | %.2f s | %.1f ms |",
                    name,
                    POLLS,
                    failed,
                    attempts,
                    waited.toMillis() / 1000.0,
                    medianMicros / 1000.0);
        }
    }

    static Result plain() throws Exception {
        OkHttpClient client = new OkHttpClient();
        try (IdleServer server = new IdleServer()) {
            return polls(server, client, null);
        } finally {
            client.dispatcher().executorService().shutdown();
        }
    }

    static Result wrapped() throws Exception {
        OkHttpClient client = new OkHttpClient();
        VirtualTime time = VirtualTime.skipping();
        try (IdleServer server = new IdleServer()) {
            return polls(server, client, time);
        } finally {
            time.shutDown();
            client.dispatcher().executorService().shutdown();
        }
    }

    private static Result polls(IdleServer server, OkHttpClient client, VirtualTime time) throws Exception {
        Call.Factory calls = time == null
                ? client
                : HoldfastOkHttp.wrap(
                        client,
                        Holdfast.builder(AzureImds.SERVICE)
                                .endpoint(server.endpoint())
                                .timeSource(time)
                                .scheduler(time)
                                .random(Randomness.seeded(42))
                                .build());
        Request request = new Request.Builder()
                .url(server.endpoint() + "/metadata/instance?api-version=2021-02-01")
                .build();
        TimeSource clock = TimeSource.system();
        long[] took = new long[POLLS];
        int failed = 0;
        int attempts = 0;
        Duration waited = Duration.ZERO;
        for (int i = 0; i < POLLS; i++) {
            Duration before = time == null ? Duration.ZERO : time.elapsed();
            long start = clock.nanoTime();
            Outcome outcome;
            try (Response response = calls.newCall(request).execute()) {
                response.body().string();
                outcome = HoldfastOkHttp.outcomeOf(response);
            } catch (IOException e) {
                failed++;
                outcome = Outcome.of(e);
            }
            took[i] = (clock.nanoTime() - start) / 1000;
            attempts += outcome == null ? 1 : outcome.attempts().size();
            if (time != null) {
                waited = waited.plus(time.elapsed().minus(before));
                time.await(new CountDownLatch(1), EVERY);
            }
            server.closeIdle();
        }
        Arrays.sort(took);
        return new Result(failed, attempts, waited, took[POLLS / 2]);
    }

    public static void main(String[] args) throws Exception {
        plain();
        System.out.println("| client | polls | failed | attempts | waited | median of a poll |");
        System.out.println("|---|---|---|---|---|---|");
        System.out.println(plain().row("plain OkHttp"));
        System.out.println(wrapped().row("wrapped"));
        System.exit(0);
    }
}
