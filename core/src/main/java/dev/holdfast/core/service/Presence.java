package dev.holdfast.core.service;

/** Whether a machine is where a service is. */
public enum Presence {
    /** The service answered. */
    PRESENT,
    /** Nobody answers, or somebody else does. */
    ABSENT,
    /** Somebody holds the connection without an answer, or the answer says nothing. */
    UNKNOWN
}
