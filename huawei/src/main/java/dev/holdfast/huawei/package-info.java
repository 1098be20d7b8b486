/** Huawei Cloud's services: their operations, error catalogues and credentials. */
@NullMarked
package dev.holdfast.huawei;

import org.jspecify.annotations.NullMarked;
