package dev.holdfast.core.response;

import dev.holdfast.core.internal.time.HttpDate;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Status, headers and a bounded view of the body, free of any HTTP client's types. Immutable; what {@link Document} reads of the body is kept with it.
 *
 * <p>{@link #toString()} shows the status and the names of the headers only, because a body or a header may hold a secret.
 */
public final class ResponseView {
    /** How much of a body is looked at, in bytes: 64 KiB. */
    public static final int BODY_LIMIT = 64 * 1024;

    private static final byte[] NO_BODY = new byte[0];

    private final int status;
    private final HeaderFields headers;
    private final byte[] body;
    private final boolean complete;

    /** Tells how often the body was read, for the test that holds it to once. */
    private int passes;

    /**
     * The body as it was read first, or all of it once a reader asked for all. Not volatile: a document is immutable, and threads that race for it read
     * the body twice, which does no harm.
     */
    private @Nullable Document document;

    private ResponseView(int status, HeaderFields headers, byte[] body, boolean complete) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.complete = complete;
    }

    /**
     * An answer without headers and body.
     *
     * @param status the HTTP status
     * @return the answer
     */
    public static ResponseView of(int status) {
        return new ResponseView(status, HeaderFields.empty(), NO_BODY, true);
    }

    /**
     * An answer with a body as text.
     *
     * @param status the HTTP status
     * @param headers the header fields
     * @param body the body's text
     * @return the answer
     */
    public static ResponseView of(int status, HeaderFields headers, String body) {
        return of(status, headers, body.getBytes(StandardCharsets.UTF_8), true);
    }

    /**
     * An answer with the body's first bytes.
     *
     * @param status the HTTP status; any number, an answer is never refused
     * @param headers the header fields
     * @param body the body or its beginning; what is beyond {@link #BODY_LIMIT} is dropped
     * @param complete whether these bytes are the whole body
     * @return the answer
     */
    public static ResponseView of(int status, HeaderFields headers, byte[] body, boolean complete) {
        return owning(status, headers, body.length > BODY_LIMIT ? body : body.clone(), complete);
    }

    /**
     * An answer with the body's first bytes, which are not copied: for adapters, which have just made the array.
     *
     * @param status the HTTP status; any number, an answer is never refused
     * @param headers the header fields
     * @param body the body or its beginning, not to be changed any more; what is beyond {@link #BODY_LIMIT} is dropped
     * @param complete whether these bytes are the whole body
     * @return the answer
     */
    public static ResponseView owning(int status, HeaderFields headers, byte[] body, boolean complete) {
        boolean tooLong = body.length > BODY_LIMIT;
        return new ResponseView(
                status, headers, tooLong ? Arrays.copyOf(body, BODY_LIMIT) : body, complete && !tooLong);
    }

    /**
     * The HTTP status.
     *
     * @return any number the client let through
     */
    public int status() {
        return status;
    }

    /**
     * The header fields.
     *
     * @return as received
     */
    public HeaderFields headers() {
        return headers;
    }

    /**
     * Returns the server's own time.
     *
     * @return the header {@code Date}, or null if it is missing or unreadable
     */
    public @Nullable Instant serverTime() {
        return HttpDate.parse(headers.first("Date"));
    }

    /**
     * The view of the body.
     *
     * @return a copy of at most {@link #BODY_LIMIT} bytes
     */
    public byte[] body() {
        passes++;
        return body.clone();
    }

    /**
     * Whether the view is the whole body.
     *
     * @return false if the body was longer than the limit or broke off
     */
    public boolean complete() {
        return complete;
    }

    /**
     * Returns the body's document, which is read once.
     *
     * @param members the members that the reader names, or null for all
     */
    Document document(@Nullable Members members) {
        Document kept = document;
        if (kept == null || !kept.serves(members)) {
            kept = BodyReader.read(this, members);
            document = kept;
        }
        return kept;
    }

    /** Tells whether the body is a page. One that begins like a JSON object, as nearly all of a service do, is not read for that. */
    boolean isPage() {
        boolean object = body.length > 1 && body[0] == '{' && body[1] != 0;
        Document kept = document;
        return !object && (kept == null ? document(null) : kept).format() == Document.Format.HTML;
    }

    /**
     * Returns the same response without what has been read out of its body, which takes up to some 400 bytes more: for one that is kept.
     *
     * @return a copy that shares headers and body
     */
    public ResponseView unread() {
        return new ResponseView(status, headers, body, complete);
    }

    /** Returns the same bytes without a copy, for one pass of a reader over them. */
    byte[] bytes() {
        passes++;
        return body;
    }

    int passes() {
        return passes;
    }

    @Override
    public String toString() {
        return "Answer[" + status + ", " + headers + ", " + body.length + (complete ? " bytes]" : " bytes and more]");
    }
}
