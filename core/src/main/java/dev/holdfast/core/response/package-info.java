/** Responses, requests and errors, free of the types of any HTTP client. */
@NullMarked
package dev.holdfast.core.response;

import org.jspecify.annotations.NullMarked;
