package dev.holdfast.jdk;

import dev.holdfast.core.internal.outcome.BrokenAnswerException;
import dev.holdfast.core.internal.outcome.UnusableAnswerException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * Reads a success within its attempt. What breaks the body off is the attempt's fault as it is; what the caller's subscriber or reader throws
 * by itself says that the answer is of no use.
 */
final class AttemptReader {
    private AttemptReader() {}

    /** Looks at what the caller's subscriber has made of a body. */
    @FunctionalInterface
    interface Check<T> {
        void read(JdkReply<T> reply, T value) throws IOException;
    }

    /** Waits for the rest of the body, which the attempt's own timer ends. */
    static <T> void read(JdkReply<T> reply, Check<T> check) throws IOException {
        T value;
        try {
            value = reply.body().deliver().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted");
            interrupted.initCause(e);
            throw interrupted;
        } catch (ExecutionException e) {
            throw fault(reply, e.getCause() == null ? e : e.getCause());
        }
        try {
            check.read(reply, value);
        } catch (IOException e) {
            throw new UnusableAnswerException(e);
        }
    }

    private static IOException fault(JdkReply<?> reply, Throwable thrown) {
        if (reply.body().broken() instanceof IOException broken) {
            return new BrokenAnswerException(reply.info().statusCode(), broken);
        }
        if (thrown instanceof IOException unusable) {
            return new UnusableAnswerException(unusable);
        }
        if (thrown instanceof UncheckedIOException unusable) {
            return new UnusableAnswerException(Objects.requireNonNull(unusable.getCause()));
        }
        if (thrown instanceof RuntimeException callers) {
            throw callers;
        }
        if (thrown instanceof Error callers) {
            throw callers;
        }
        throw new CompletionException(thrown);
    }
}
