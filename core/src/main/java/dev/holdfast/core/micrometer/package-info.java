/** Meters for those who have Micrometer on the class path; nothing else in this library touches it. */
@NullMarked
package dev.holdfast.core.micrometer;

import org.jspecify.annotations.NullMarked;
