/** Credentials, where they come from, how they are cached, and how requests are signed. */
@NullMarked
package dev.holdfast.core.credential;

import org.jspecify.annotations.NullMarked;
