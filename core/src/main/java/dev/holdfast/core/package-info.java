/**
 * The entry point: a {@link dev.holdfast.core.Holdfast} instance is a service with a policy, credentials and limits. No other package of core depends
 * on this one.
 */
@NullMarked
package dev.holdfast.core;

import org.jspecify.annotations.NullMarked;
