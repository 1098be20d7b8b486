/** The way from a response to a decision. Exported to the adapters and the test kit only. */
@NullMarked
package dev.holdfast.core.internal.decide;

import org.jspecify.annotations.NullMarked;
