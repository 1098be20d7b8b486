/** Not exported. */
@NullMarked
package dev.holdfast.azure.internal;

import org.jspecify.annotations.NullMarked;
