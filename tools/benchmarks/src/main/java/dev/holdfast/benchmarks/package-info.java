/** What Holdfast costs: each benchmark stands in the same run as what it is compared with. */
@NullMarked
package dev.holdfast.benchmarks;

import org.jspecify.annotations.NullMarked;
