package dev.holdfast.benchmarks;

import dev.failsafe.RetryPolicy;
import dev.failsafe.okhttp.FailsafeCall;
import io.github.resilience4j.core.functions.CheckedSupplier;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.time.Duration;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** The same call with the libraries that people use; they look at the status only. */
final class Peers {
    private static final int ATTEMPTS = 5;

    private Peers() {}

    /** Decorated once, as its documents advise. */
    static CheckedSupplier<Response> resilience4j(OkHttpClient client, Request request) {
        Retry retry = Retry.of(
                "bench",
                RetryConfig.<Response>custom()
                        .maxAttempts(ATTEMPTS)
                        .intervalFunction(attempt -> 0L)
                        .retryOnResult(response -> response.code() >= 500)
                        // Else each retry leaks a connection.
                        .consumeResultBeforeRetryAttempt((attempt, response) -> response.close())
                        .retryExceptions(IOException.class)
                        .build());
        RateLimiter limiter = RateLimiter.of(
                "bench",
                RateLimiterConfig.custom()
                        .limitForPeriod(1_000_000)
                        .limitRefreshPeriod(Duration.ofMillis(1))
                        .build());
        return Retry.decorateCheckedSupplier(
                retry,
                RateLimiter.decorateCheckedSupplier(
                        limiter, () -> client.newCall(request).execute()));
    }

    static RetryPolicy<Response> failsafe() {
        return RetryPolicy.<Response>builder()
                .withMaxAttempts(ATTEMPTS)
                .handle(IOException.class)
                .handleResultIf(response -> response.code() >= 500)
                .build();
    }

    static Response failsafe(RetryPolicy<Response> policy, OkHttpClient client, Request request) throws IOException {
        return FailsafeCall.with(policy).compose(client.newCall(request)).execute();
    }
}
