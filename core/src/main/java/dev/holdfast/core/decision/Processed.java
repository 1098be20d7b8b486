package dev.holdfast.core.decision;

/** Whether the server acted on a request before it returned an error. Decides which requests may be repeated that are not always safe. */
public enum Processed {
    /** The server rejected the request before it did any work. */
    NO,
    /** The server may have done the work, wholly or in part. */
    YES,
    /** The vendor does not document it. */
    UNKNOWN
}
