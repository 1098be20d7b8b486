package dev.holdfast.core.internal.decide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What callers who keep their own client have in hand: the fault in the wrapper of a future or a stream, or the mark of a cancel. */
final class WrappedFault {
    private static final int DEEPEST = 20;

    private WrappedFault() {}

    /** Returns the fault without the wrappers of futures and streams. */
    static Throwable inside(Throwable fault) {
        Throwable inside = fault;
        for (int depth = 0; isWrapper(inside) && depth < DEEPEST; depth++) {
            Throwable cause = inside.getCause();
            if (cause == null) {
                return inside;
            }
            inside = cause;
        }
        return inside;
    }

    private static boolean isWrapper(Throwable fault) {
        return fault instanceof CompletionException
                || fault instanceof ExecutionException
                || fault instanceof UncheckedIOException;
    }

    /** Tells whether the caller ended the call. OkHttp says so by the message alone. */
    static boolean isCancel(Throwable fault) {
        return fault instanceof CancellationException
                || fault instanceof ClosedByInterruptException
                || fault instanceof InterruptedException
                || (fault.getClass() == IOException.class && "Canceled".equals(fault.getMessage()));
    }
}
