package dev.holdfast.core.call;

import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.gate.Gate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** What a driver does next. */
sealed interface Step<R> {

    /** Pass the gate, then say so. */
    record Enter<R>(Gate gate, Duration left) implements Step<R> {}

    /** Make an attempt. */
    record Send<R>(Duration timeout, Port.Changes changes) implements Step<R> {}

    /** Wait for a credential, then say what came. */
    record Await<R>(CompletableFuture<Credential> coming, Duration left) implements Step<R> {}

    /** Wait, then resume. */
    record Pause<R>(Duration length) implements Step<R> {}

    /** Hand out the response. */
    record Deliver<R>(R response) implements Step<R> {}

    /** Throw. */
    record Raise<R>(Throwable thrown) implements Step<R> {}
}
