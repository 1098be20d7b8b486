/** Carries an outcome on an exception of another library. Exported to the adapters and the test kit only. */
@NullMarked
package dev.holdfast.core.internal.outcome;

import org.jspecify.annotations.NullMarked;
