/** The error tables of the vendors, and how they are searched. */
@NullMarked
package dev.holdfast.core.catalogue;

import org.jspecify.annotations.NullMarked;
