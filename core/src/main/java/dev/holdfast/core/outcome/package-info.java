/** What a call came to: outcome, attempts, stop reason, events and exceptions; and what a caller may ask of one call. */
@NullMarked
package dev.holdfast.core.outcome;

import org.jspecify.annotations.NullMarked;
