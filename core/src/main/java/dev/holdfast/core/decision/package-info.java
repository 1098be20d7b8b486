/** What an error means: the verdict, why, how fast to come back, and the rules of a user. */
@NullMarked
package dev.holdfast.core.decision;

import org.jspecify.annotations.NullMarked;
