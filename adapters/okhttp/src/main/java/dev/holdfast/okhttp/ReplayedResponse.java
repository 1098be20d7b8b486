package dev.holdfast.okhttp;

/** Marks a response that was rebuilt from what was kept before a wait: its body is a copy of at most 64 KiB. */
enum ReplayedResponse {
    MARK
}
