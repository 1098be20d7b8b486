/** Holdfast's door for OkHttp, and the only room that knows its types. */
@NullMarked
package dev.holdfast.okhttp;

import org.jspecify.annotations.NullMarked;
