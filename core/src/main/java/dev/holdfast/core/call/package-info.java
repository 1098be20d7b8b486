/**
 * The one state machine of a call and its two drivers: blocking on the caller's thread, asynchronous on the scheduler. A door implements
 * {@link dev.holdfast.core.call.Port}; everything that may happen between two attempts is decided here, once for all doors.
 */
@NullMarked
package dev.holdfast.core.call;

import org.jspecify.annotations.NullMarked;
