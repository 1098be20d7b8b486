package dev.holdfast.core.internal.call;

import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.internal.limit.EndpointLimiter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** What a driver does next. */
sealed interface Step<R> {

    /** Pass the limiter, then say so. */
    record AcquirePermit<R>(EndpointLimiter limiter, Duration left) implements Step<R> {}

    /** Make an attempt. */
    record Send<R>(Duration timeout, Transport.Changes changes) implements Step<R> {}

    /** Wait for a credential, then say what came. */
    record AwaitCredential<R>(CompletableFuture<Credential> coming, Duration left) implements Step<R> {}

    /** Wait, then resume. */
    record Pause<R>(Duration length) implements Step<R> {}

    /** Hand out the response. */
    record Return<R>(R response) implements Step<R> {}

    /** Throw. */
    record Throw<R>(Throwable thrown) implements Step<R> {}
}
