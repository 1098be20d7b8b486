/** The time source and the scheduler. Only this package and {@code internal.time} touch the real clock, so that tests use a virtual one. */
@NullMarked
package dev.holdfast.core.time;

import org.jspecify.annotations.NullMarked;
