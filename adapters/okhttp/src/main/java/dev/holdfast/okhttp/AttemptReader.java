package dev.holdfast.okhttp;

import dev.holdfast.core.internal.outcome.BrokenAnswerException;
import dev.holdfast.core.internal.outcome.UnusableAnswerException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.util.Objects;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * Reads a success within its attempt. What the connection throws is the attempt's fault as it is; what the reader throws by itself says that
 * the answer is of no use. Used by one attempt at a time.
 */
final class AttemptReader<T> {
    private final Fetch.ResponseReader<T> reader;
    private @Nullable T value;
    private boolean done;

    AttemptReader(Fetch.ResponseReader<T> reader) {
        this.reader = Objects.requireNonNull(reader, "reader must not be null");
    }

    void read(Response response) throws IOException {
        ResponseBody body = response.body();
        Watched watched = new Watched(body.source());
        Response shown = response.newBuilder()
                .body(ResponseBody.create(Okio.buffer(watched), body.contentType(), body.contentLength()))
                .build();
        try {
            value = reader.read(shown);
            done = true;
        } catch (IOException e) {
            IOException broken = watched.broken;
            if (broken == null) {
                throw new UnusableAnswerException(e);
            }
            throw broken instanceof InterruptedIOException
                    ? broken
                    : new BrokenAnswerException(response.code(), broken);
        }
    }

    /** What was read, after a call that succeeded. */
    @SuppressWarnings("NullAway") // What the reader returned, which may be null where the reader's type allows it.
    T value() {
        if (!done) {
            throw new IllegalStateException("the answer was not read within an attempt");
        }
        return value;
    }

    /** Remembers what the connection threw. A length that is none makes Okio throw what is no IOException. */
    private static final class Watched extends ForwardingSource {
        private @Nullable IOException broken;

        Watched(BufferedSource body) {
            super(body);
        }

        @Override
        public long read(Buffer sink, long byteCount) throws IOException {
            try {
                return super.read(sink, byteCount);
            } catch (IOException e) {
                broken = e;
                throw e;
            } catch (RuntimeException e) {
                IOException unreadable = new ProtocolException("the body cannot be read: " + e.getMessage());
                unreadable.initCause(e);
                broken = unreadable;
                throw unreadable;
            }
        }
    }
}
