/** Emulators of the services, and helpers for the tests of a program that uses Holdfast. */
@NullMarked
package dev.holdfast.testkit;

import org.jspecify.annotations.NullMarked;
