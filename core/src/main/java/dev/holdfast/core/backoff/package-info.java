/** How long to wait: the backoffs with their jitter, and the hints that servers give in headers. */
@NullMarked
package dev.holdfast.core.backoff;

import org.jspecify.annotations.NullMarked;
