package dev.holdfast.okhttp;

import dev.holdfast.core.internal.call.AttemptResponse;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import java.io.IOException;
import java.io.InterruptedIOException;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.Okio;
import okio.Source;
import okio.Timeout;

/** Looks at the beginning of a body without taking it from whoever gets the response. */
final class BodyView {
    private BodyView() {}

    static AttemptResponse<Response> peek(Response response, Call call) throws IOException {
        BufferedSource source = response.body().source();
        Response whole = response;
        boolean complete = false;
        byte[] bytes;
        try {
            complete = !source.request(ResponseView.BODY_LIMIT + 1L);
            bytes = first(source.getBuffer());
        } catch (IOException broken) {
            if (call.isCanceled() && !(broken instanceof InterruptedIOException)) {
                response.close();
                throw broken;
            }
            // The status still decides; a caller who reads on gets what came, and then the same fault.
            Buffer came = source.getBuffer().clone();
            bytes = first(came);
            whole = brokenOff(response, came, broken);
        }
        ResponseView answer = ResponseView.owning(response.code(), fields(response.headers()), bytes, complete);
        return new AttemptResponse.Inspected<>(whole, answer);
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

    private static Response brokenOff(Response response, Buffer came, IOException broken) {
        ResponseBody body = response.body();
        response.close();
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
                throw new IOException(broken.getMessage(), broken);
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
