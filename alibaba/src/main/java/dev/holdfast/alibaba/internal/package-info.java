/** Not exported. */
@NullMarked
package dev.holdfast.alibaba.internal;

import org.jspecify.annotations.NullMarked;
