/**
 * The seam to the outside: the clock (wall and monotonic), the scheduler and randomness. This is the only room that touches the
 * real ones; everything else is handed them, so that no test has to sleep to prove a rule.
 */
@NullMarked
package dev.holdfast.core.time;

import org.jspecify.annotations.NullMarked;
