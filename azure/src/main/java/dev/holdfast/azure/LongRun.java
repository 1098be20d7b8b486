package dev.holdfast.azure;

import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.service.ServiceClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One long-running operation of Resource Manager: begun, then asked for until it has ended. One step at a time. */
final class LongRun {
    private static final Duration LEAST = Duration.ofSeconds(1);

    /** Where the answer names no time; azure-core-management asks every 30 s, but an inspection takes a minute or two. */
    private static final Duration USUAL = Duration.ofSeconds(10);

    private final ServiceClient serviceClient;
    private final Duration limit;
    private final long since;
    private final CompletableFuture<ResponseView> result = new CompletableFuture<>();
    private volatile Runnable step = () -> {};
    private @Nullable URI location;

    LongRun(ServiceClient serviceClient, Duration limit) {
        this.serviceClient = serviceClient;
        this.limit = limit;
        this.since = serviceClient.timeSource().nanoTime();
        var unused = result.whenComplete((answer, thrown) -> {
            if (result.isCancelled()) {
                step.run();
            }
        });
    }

    CompletableFuture<ResponseView> begin(ServiceClient.Message run) {
        send(run);
        return result;
    }

    CompletableFuture<ResponseView> follow(URI at) {
        location = at;
        ask();
        return result;
    }

    /** On the process-wide timer this may not run: interceptors and fetches of credentials are the caller's own code. */
    private void askElsewhere() {
        ForkJoinPool.commonPool().execute(this::ask);
    }

    private void ask() {
        if (result.isDone()) {
            return;
        }
        send(ServiceClient.Message.of("GET", Objects.requireNonNull(location)));
    }

    private void send(ServiceClient.Message message) {
        CompletableFuture<ResponseView> sending;
        try {
            sending = Objects.requireNonNull(serviceClient.send(message), "sender gave no future");
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
            return;
        }
        undoneBy(() -> sending.cancel(true));
        var unused = sending.whenComplete((answer, thrown) -> {
            if (thrown == null) {
                try {
                    answered(message, answer);
                } catch (RuntimeException | Error e) {
                    result.completeExceptionally(e);
                }
            } else {
                result.completeExceptionally(
                        thrown instanceof CompletionException && thrown.getCause() != null
                                ? thrown.getCause()
                                : thrown);
            }
        });
    }

    private void answered(ServiceClient.Message message, ResponseView answer) {
        if (answer.status() != 202) {
            result.complete(answer);
            return;
        }
        String next = answer.headers().first("Location");
        if (next != null) {
            URI said = address(message.url(), next.strip());
            if (said == null) {
                result.completeExceptionally(new IOException(
                        "the operation goes on, but its Location is no address of http or https that can be asked"));
                return;
            }
            location = said;
        }
        if (location == null) {
            result.completeExceptionally(
                    new IOException("the operation was begun, but no Location says where to ask for it"));
            return;
        }
        Duration wait = wait(answer);
        Duration age = Duration.ofNanos(serviceClient.timeSource().nanoTime() - since);
        if (age.plus(wait).compareTo(limit) > 0) {
            result.completeExceptionally(new IOException("the operation has not ended within " + limit
                    + " and may still go on; ask for it at " + location.getHost() + location.getPath()));
            return;
        }
        pause(wait);
    }

    /** Where a text points to from an address, or null where no call can be made there. */
    private static @Nullable URI address(URI from, String text) {
        try {
            URI said = from.resolve(text);
            return isAddress(said) ? said : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static boolean isAddress(URI url) {
        boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        return http && url.getHost() != null;
    }

    private Duration wait(ResponseView answer) {
        Duration retryAfter = ArmRetryAfter.read(
                answer, ServiceError.none(), serviceClient.timeSource().now());
        if (retryAfter == null) {
            return USUAL;
        }
        Duration cap = serviceClient.policy().maxRetryAfter();
        Duration wait = retryAfter.compareTo(cap) > 0 ? cap : retryAfter;
        return wait.compareTo(LEAST) < 0 ? LEAST : wait;
    }

    private void pause(Duration wait) {
        Consumer<RejectedExecutionException> lost = result::completeExceptionally;
        undoneBy(serviceClient.scheduler().schedule(this::askElsewhere, lost, wait)::cancel);
    }

    /** Whoever cancels sees the step before this one or this one, and where it is the one before, it is undone here. */
    private void undoneBy(Runnable undo) {
        step = undo;
        if (result.isCancelled()) {
            undo.run();
        }
    }
}
