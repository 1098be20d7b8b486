/** IBM Cloud's services: their operations, error catalogues and credentials. */
@NullMarked
package dev.holdfast.ibm;

import org.jspecify.annotations.NullMarked;
