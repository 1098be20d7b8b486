package dev.holdfast.core.internal.call;

/**
 * What an adapter knows of an attempt that brought no response, beside the exception. A client that cannot tell a fact says so.
 *
 * @param connection what the attempt had for a connection
 * @param progress how far the request came
 * @param http2 whether the connection spoke HTTP/2
 */
public record AttemptFacts(Connection connection, Progress progress, boolean http2) {
    /** The client tells nothing but its exception. */
    public static final AttemptFacts UNKNOWN = new AttemptFacts(Connection.UNKNOWN, Progress.UNKNOWN, false);

    /** The response came, and its body broke off or is of no use. */
    static final AttemptFacts BROKEN_BODY = new AttemptFacts(Connection.UNKNOWN, Progress.ANSWERED, false);

    /** What an attempt had for a connection. */
    public enum Connection {
        /** The client does not tell. */
        UNKNOWN,
        /** None was acquired: the fault came while the client connected. */
        NONE,
        /** One that was made for this attempt. */
        FRESH,
        /** One that an earlier request had used. */
        REUSED
    }

    /** How far a request came. */
    public enum Progress {
        /** The client does not tell. */
        UNKNOWN,
        /** Not one byte of it was written. */
        NOT_BEGUN,
        /** The client began to write it. */
        BEGUN,
        /** The headers of a final response were complete. */
        ANSWERED
    }

    /**
     * Returns whether the attempt ended before it had a connection.
     *
     * @return true if the client is sure
     */
    public boolean neverConnected() {
        return connection == Connection.NONE;
    }

    /**
     * Returns whether nothing of the request was written.
     *
     * @return true if the client is sure
     */
    public boolean notBegun() {
        return connection == Connection.NONE || progress == Progress.NOT_BEGUN;
    }
}
