/** The emulators of Huawei Cloud's services. */
@NullMarked
package dev.holdfast.emulators.huawei;

import org.jspecify.annotations.NullMarked;
