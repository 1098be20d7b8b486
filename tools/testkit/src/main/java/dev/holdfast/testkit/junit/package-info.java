/** Extensions of JUnit Jupiter. The only room of the testkit that knows it, so that the emulators start without. */
@NullMarked
package dev.holdfast.testkit.junit;

import org.jspecify.annotations.NullMarked;
