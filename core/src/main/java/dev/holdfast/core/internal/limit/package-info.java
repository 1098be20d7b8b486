/** Rate limits, concurrency limits, pauses and retry budgets of one endpoint. Exported to the adapters and the test kit only. */
@NullMarked
package dev.holdfast.core.internal.limit;

import org.jspecify.annotations.NullMarked;
