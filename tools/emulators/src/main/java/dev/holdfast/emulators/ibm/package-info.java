/** The emulators of IBM Cloud's services. */
@NullMarked
package dev.holdfast.emulators.ibm;

import org.jspecify.annotations.NullMarked;
