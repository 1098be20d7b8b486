package dev.holdfast.emulators.gate;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.Limiters;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** A transport without a socket, for thousands of calls at once: by each request's own counter, 503 first and 200 then. */
final class Canned implements AutoCloseable {
    private static final OkHttpClient ROOT = new OkHttpClient();
    private static final byte[] ERROR =
            "{\"error\":\"some sentence\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    private static final MediaType JSON = MediaType.get("application/json");

    static final int THREADS = 8;

    /** As many threads as there are, all from the beginning: how many come to life is not the chance of a moment. */
    final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(THREADS, THREADS, 60, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Canned::thread);
    /** Timeouts like those that a wrapped call has, so that bare OkHttp runs its watchdog too. */
    final OkHttpClient client = ROOT.newBuilder()
            .dispatcher(new Dispatcher(threads))
            .callTimeout(Duration.ofMinutes(2))
            .addInterceptor(chain -> answer(chain.request()))
            .build();

    Canned() {
        threads.prestartAllCoreThreads();
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "canned-dispatcher");
        thread.setDaemon(true);
        return thread;
    }

    private static Response answer(Request request) {
        AtomicInteger seen = request.tag(AtomicInteger.class);
        boolean fails = seen != null && seen.getAndIncrement() == 0;
        return new Response.Builder()
                .request(request)
                .protocol(Protocol.HTTP_1_1)
                .code(fails ? 503 : 200)
                .message("canned")
                .header("Server", "IMDS/150.870.65.1854")
                .header("Content-Type", "application/json; charset=utf-8")
                .body(ResponseBody.create(ERROR, JSON))
                .build();
    }

    /** Answered 503 once, then 200. */
    static Request failingOnce() {
        return new Request.Builder()
                .url("http://169.254.169.254/metadata/instance?api-version=2021-02-01")
                .tag(AtomicInteger.class, new AtomicInteger())
                .build();
    }

    static Holdfast.Builder waiting(Duration wait) {
        return Holdfast.builder(AzureImds.SERVICE)
                .limiters(Limiters.isolated())
                .limits("default", Limits.NONE)
                .withoutBudget()
                .backoff(Pace.TRANSIENT, Backoff.fixed(wait));
    }

    Call.Factory wrap(Holdfast.Builder holdfast) {
        return HoldfastOkHttp.wrap(client, holdfast.build());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** Counts how calls end. */
    static final class Ends implements Callback {
        final AtomicInteger succeeded = new AtomicInteger();
        final AtomicInteger failed = new AtomicInteger();
        private final CountDownLatch left;

        Ends(int calls) {
            left = new CountDownLatch(calls);
        }

        @Override
        public void onResponse(Call call, Response response) {
            response.close();
            (response.code() == 200 ? succeeded : failed).incrementAndGet();
            left.countDown();
        }

        @Override
        public void onFailure(Call call, IOException thrown) {
            failed.incrementAndGet();
            left.countDown();
        }

        boolean allWithin(Duration limit) throws InterruptedException {
            return left.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
