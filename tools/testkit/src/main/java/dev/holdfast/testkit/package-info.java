/**
 * For the tests of a program that uses Holdfast: {@link dev.holdfast.core.time.VirtualTime} skips waits, and
 * {@link dev.holdfast.testkit.Outcomes} makes outcomes and exceptions without a network. The emulators are in
 * {@code dev.holdfast.testkit.emulator}, the extensions of JUnit Jupiter in {@code dev.holdfast.testkit.junit}.
 */
@NullMarked
package dev.holdfast.testkit;

import org.jspecify.annotations.NullMarked;
