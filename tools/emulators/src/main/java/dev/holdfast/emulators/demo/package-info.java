/** What the vendors bring to the demo of the command line: emulated stages, and calls of an agent with what must become of them. */
@NullMarked
package dev.holdfast.emulators.demo;

import org.jspecify.annotations.NullMarked;
