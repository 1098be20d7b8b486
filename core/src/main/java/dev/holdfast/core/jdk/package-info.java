/**
 * The door for {@code java.net.http}. The one state machine of {@code core.call} drives it; here is only what the JDK's client makes special:
 * it cannot be derived, it repeats by itself, and it ties an answer to the reading of its body.
 */
@NullMarked
package dev.holdfast.core.jdk;

import org.jspecify.annotations.NullMarked;
