/** Decides the next step after a decision. Exported to the adapters and the test kit only. */
@NullMarked
package dev.holdfast.core.internal.engine;

import org.jspecify.annotations.NullMarked;
