/** One call: the state machine, its two drivers, and the transport that an adapter implements. Exported to the adapters and the test kit only. */
@NullMarked
package dev.holdfast.core.internal.call;

import org.jspecify.annotations.NullMarked;
