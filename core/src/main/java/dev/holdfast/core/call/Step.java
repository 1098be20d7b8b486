package dev.holdfast.core.call;

import dev.holdfast.core.gate.Gate;
import java.time.Duration;

/** What a driver does next. */
sealed interface Step<R> {

    /** Pass the gate, then say so. */
    record Enter<R>(Gate gate, Duration left) implements Step<R> {}

    /** Make an attempt. */
    record Send<R>(Duration timeout) implements Step<R> {}

    /** Wait, then resume. */
    record Pause<R>(Duration length) implements Step<R> {}

    /** Hand out the response. */
    record Deliver<R>(R response) implements Step<R> {}

    /** Throw. */
    record Raise<R>(Throwable thrown) implements Step<R> {}
}
