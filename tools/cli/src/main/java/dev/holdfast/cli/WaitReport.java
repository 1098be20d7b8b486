package dev.holdfast.cli;

import dev.holdfast.core.outcome.HoldfastListener;
import java.io.PrintStream;
import java.util.Locale;

/** Tells a person who sits before a silent terminal what is waited for. */
record WaitReport(PrintStream err) implements HoldfastListener {

    @Override
    public void onRetryScheduled(RetryEvent event) {
        err.println(String.format(
                Locale.ROOT,
                "attempt %d: %s; the next follows in %.1f s",
                event.nextAttempt() - 1,
                event.decision().kind().id(),
                event.pause().toMillis() / 1000.0));
    }
}
