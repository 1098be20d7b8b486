/** Matching of codes, statuses and messages. Exported to the adapters and the test kit only. */
@NullMarked
package dev.holdfast.core.internal.text;

import org.jspecify.annotations.NullMarked;
