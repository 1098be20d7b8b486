package dev.holdfast.core.error;

/** Whether the server surely did nothing before it refused; decides what may be repeated for requests that are not safe. */
public enum DidNothing {
    /** It refused before any work. */
    YES,
    /** Work may have been done, wholly or in part. */
    NO,
    /** Nobody says. */
    UNKNOWN
}
