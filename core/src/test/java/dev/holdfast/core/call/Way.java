package dev.holdfast.core.call;

/** The two drivers of a call. */
public enum Way {
    BLOCKING,
    ASYNC
}
