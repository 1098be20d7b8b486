/**
 * Emulators of the services on the loopback address, with scenarios that make them misbehave. They need no test framework and also run
 * stand-alone.
 */
@NullMarked
package dev.holdfast.testkit.emulator;

import org.jspecify.annotations.NullMarked;
