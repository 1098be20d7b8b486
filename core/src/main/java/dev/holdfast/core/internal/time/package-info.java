/** Arithmetic on durations, HTTP dates, randomness and the serial executor. Exported to the adapters and the test kit only. */
@NullMarked
package dev.holdfast.core.internal.time;

import org.jspecify.annotations.NullMarked;
