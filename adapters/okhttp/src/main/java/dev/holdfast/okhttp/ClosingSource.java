package dev.holdfast.okhttp;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Source;

/** Tells once that a body was read to its end, broke off or was closed. */
final class ClosingSource extends ForwardingSource {
    private final Runnable closed;
    private final AtomicBoolean told = new AtomicBoolean();

    ClosingSource(Source body, Runnable closed) {
        super(body);
        this.closed = closed;
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
        boolean more = false;
        try {
            long count = super.read(sink, byteCount);
            more = count >= 0;
            return count;
        } finally {
            if (!more) {
                tell();
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        } finally {
            tell();
        }
    }

    private void tell() {
        if (told.compareAndSet(false, true)) {
            closed.run();
        }
    }
}
