/** The adapter for OkHttp, and the only package that knows its types. */
@NullMarked
package dev.holdfast.okhttp;

import org.jspecify.annotations.NullMarked;
