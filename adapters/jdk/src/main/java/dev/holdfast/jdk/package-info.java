/** The adapter for java.net.http, and the only package that knows its types. */
@NullMarked
package dev.holdfast.jdk;

import org.jspecify.annotations.NullMarked;
