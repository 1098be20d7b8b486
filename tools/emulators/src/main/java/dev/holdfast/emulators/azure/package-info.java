/** The emulators of Azure's services. */
@NullMarked
package dev.holdfast.emulators.azure;

import org.jspecify.annotations.NullMarked;
