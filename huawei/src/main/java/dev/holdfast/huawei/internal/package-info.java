/** Not exported. */
@NullMarked
package dev.holdfast.huawei.internal;

import org.jspecify.annotations.NullMarked;
