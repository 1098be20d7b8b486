/** Alibaba Cloud's services: their operations, error catalogues and credentials. */
@NullMarked
package dev.holdfast.alibaba;

import org.jspecify.annotations.NullMarked;
