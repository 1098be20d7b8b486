/** What a user may set: attempts, deadlines, backoff, retry safety and limits. */
@NullMarked
package dev.holdfast.core.policy;

import org.jspecify.annotations.NullMarked;
