/**
 * What proves who asks: secrets that never print, credentials with a lifetime, the sources that give, apply and replace them, and the one
 * source that caches.
 */
@NullMarked
package dev.holdfast.core.credential;

import org.jspecify.annotations.NullMarked;
