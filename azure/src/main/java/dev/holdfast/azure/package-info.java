/** Azure's services: their operations, error catalogues and credentials. */
@NullMarked
package dev.holdfast.azure;

import org.jspecify.annotations.NullMarked;
