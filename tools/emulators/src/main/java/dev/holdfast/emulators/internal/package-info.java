/** The credentials and documents that the emulators of several vendors share. */
@NullMarked
package dev.holdfast.emulators.internal;

import org.jspecify.annotations.NullMarked;
