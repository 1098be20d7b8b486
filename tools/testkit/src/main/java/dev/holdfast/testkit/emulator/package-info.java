/**
 * The kit for emulators of services on the loopback address, with scenarios that make them misbehave. Emulators need no test framework and
 * also run stand-alone. The kit knows no vendor: an {@link dev.holdfast.testkit.emulator.EmulatorProvider} brings the vendor's emulators.
 */
@NullMarked
package dev.holdfast.testkit.emulator;

import org.jspecify.annotations.NullMarked;
