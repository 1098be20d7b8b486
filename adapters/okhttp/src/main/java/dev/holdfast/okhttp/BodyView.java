package dev.holdfast.okhttp;

import dev.holdfast.core.internal.call.AttemptResponse;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.Okio;
import okio.Source;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/** Looks at the beginning of a body without taking it from whoever gets the response. */
final class BodyView {
    private BodyView() {}

    static AttemptResponse<Response> peek(Response response, Call call) throws IOException {
        if (hasNoBody(response.code())) {
            return new AttemptResponse.Inspected<>(withoutBody(response, call), view(response, new byte[0], true));
        }
        BufferedSource source = response.body().source();
        try {
            boolean complete = WireLimit.within(() -> !source.request(ResponseView.BODY_LIMIT + 1L));
            return new AttemptResponse.Inspected<>(response, view(response, first(source.getBuffer()), complete));
        } catch (IOException | IllegalArgumentException e) {
            // A length below zero makes Okio throw what is no IOException.
            IOException broken = e instanceof IOException fault ? fault : unreadable(e);
            if (call.isCanceled() && !(broken instanceof InterruptedIOException)) {
                close(response, call);
                throw broken;
            }
            // The status still decides; a caller who reads on gets what came, and then the same fault.
            Buffer came = source.getBuffer().clone();
            byte[] bytes = first(came);
            return new AttemptResponse.Inspected<>(
                    brokenOff(response, call, came, broken), view(response, bytes, false));
        }
    }

    /** Gives the connection back. OkHttp reads on for a moment, in case that saves the connection. */
    static void close(Response response, @Nullable Call call) {
        try {
            WireLimit.within(() -> {
                response.close();
                return true;
            });
        } catch (IOException | IllegalArgumentException e) {
            // A length below zero makes the closing fail, too; then this ends the connection.
            if (call != null) {
                call.cancel();
            }
        }
    }

    private static ProtocolException unreadable(Exception why) {
        ProtocolException unreadable = new ProtocolException("the body cannot be read: " + why.getMessage());
        unreadable.initCause(why);
        return unreadable;
    }

    /** What these statuses announce as a body never comes (RFC 9110, 15.3.5, 15.3.6 and 15.4.5), but OkHttp waits for it. */
    private static boolean hasNoBody(int status) {
        return status == 204 || status == 205 || status == 304;
    }

    private static Response withoutBody(Response response, Call call) {
        ResponseBody body = response.body();
        close(response, call);
        return response.newBuilder()
                .body(ResponseBody.create(new Buffer(), body.contentType(), 0L))
                .build();
    }

    private static ResponseView view(Response response, byte[] bytes, boolean complete) {
        return ResponseView.owning(response.code(), fields(response.headers()), bytes, complete);
    }

    private static byte[] first(Buffer from) {
        // Not copyTo: it shares the buffer's segments, which then never go back to Okio's pool.
        byte[] bytes = new byte[(int) Math.min(from.size(), ResponseView.BODY_LIMIT)];
        try (Buffer.UnsafeCursor cursor = from.readUnsafe(new Buffer.UnsafeCursor())) {
            for (int at = 0; at < bytes.length && cursor.next() >= 0; ) {
                int count = Math.min(cursor.end - cursor.start, bytes.length - at);
                System.arraycopy(cursor.data, cursor.start, bytes, at, count);
                at += count;
            }
        }
        return bytes;
    }

    private static Response brokenOff(Response response, Call call, Buffer came, IOException broken) {
        ResponseBody body = response.body();
        close(response, call);
        BufferedSource source = Okio.buffer(new BrokenSource(came, broken));
        return response.newBuilder()
                .body(ResponseBody.create(source, body.contentType(), body.contentLength()))
                .build();
    }

    static HeaderFields fields(Headers headers) {
        String[] namesAndValues = new String[headers.size() * 2];
        for (int i = 0; i < headers.size(); i++) {
            namesAndValues[2 * i] = headers.name(i);
            namesAndValues[2 * i + 1] = headers.value(i);
        }
        return HeaderFields.of(namesAndValues);
    }

    /** Gives what had come before a connection broke, then the fault. */
    private record BrokenSource(Buffer got, IOException broken) implements Source {
        @Override
        public long read(Buffer sink, long byteCount) throws IOException {
            if (got.exhausted()) {
                throw broken;
            }
            return got.read(sink, byteCount);
        }

        @Override
        public Timeout timeout() {
            return Timeout.NONE;
        }

        @Override
        public void close() {
            got.clear();
        }
    }
}
