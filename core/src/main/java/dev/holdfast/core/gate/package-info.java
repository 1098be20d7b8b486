/**
 * What all calls with the same service, authority and category share: the rate limiter, the concurrency limit, the pause after a hint and
 * the retry budget. A circuit breaker would stand here too.
 */
@NullMarked
package dev.holdfast.core.gate;

import org.jspecify.annotations.NullMarked;
