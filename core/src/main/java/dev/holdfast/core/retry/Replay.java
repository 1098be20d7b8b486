package dev.holdfast.core.retry;

/** When a request may be sent again. */
public enum Replay {
    /** Always: doing it twice is the same as doing it once. */
    SAFE,
    /** Only where the server surely did nothing. */
    IF_REFUSED,
    /** Not at all. */
    NEVER
}
