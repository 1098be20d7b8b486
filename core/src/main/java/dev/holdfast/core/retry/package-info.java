/**
 * The policy and the engine: from a decision to the next step. It counts, compares and draws, and never sleeps, sends or
 * holds a lock; who acts on its steps is the call room's business.
 */
@NullMarked
package dev.holdfast.core.retry;

import org.jspecify.annotations.NullMarked;
