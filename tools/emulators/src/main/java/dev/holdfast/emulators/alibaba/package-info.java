/** The emulators of Alibaba Cloud's services. */
@NullMarked
package dev.holdfast.emulators.alibaba;

import org.jspecify.annotations.NullMarked;
