package dev.holdfast.core.internal.call;

/** The two drivers of a call. */
public enum Way {
    BLOCKING,
    ASYNC
}
