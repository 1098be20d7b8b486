/** What a vendor implements to describe its responses. */
@NullMarked
package dev.holdfast.core.spi;

import org.jspecify.annotations.NullMarked;
