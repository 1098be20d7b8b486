/**
 * Reads an answer and says what it means: the answer itself, lenient body reading, the service error in it, the vendor's
 * catalogue as data, and the classifier that turns all of it into a decision. Nothing here waits, sends or remembers.
 */
@NullMarked
package dev.holdfast.core.error;

import org.jspecify.annotations.NullMarked;
