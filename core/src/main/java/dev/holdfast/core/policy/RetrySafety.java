package dev.holdfast.core.policy;

/** When a request may be sent again. */
public enum RetrySafety {
    /** Always: sending the request twice has the effect of sending it once. */
    ALWAYS,
    /** Only where the server did not process the request. */
    IF_NOT_PROCESSED,
    /** Not at all. */
    NEVER
}
