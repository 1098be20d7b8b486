/** Not exported. */
@NullMarked
package dev.holdfast.ibm.internal;

import org.jspecify.annotations.NullMarked;
