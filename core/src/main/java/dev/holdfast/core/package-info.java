/**
 * The front room: what a user names. A {@link dev.holdfast.core.Service} knows one endpoint family and its error language, a
 * {@link dev.holdfast.core.Holdfast} is a service with a policy, an {@link dev.holdfast.core.Outcome} tells what a call went through.
 *
 * <p>Arrows go downwards only: the doors, the call room, this room, then retry, backoff, error and time.
 */
@NullMarked
package dev.holdfast.core;

import org.jspecify.annotations.NullMarked;
