/** Services and their operations, and the client with which a vendor makes its own calls. */
@NullMarked
package dev.holdfast.core.service;

import org.jspecify.annotations.NullMarked;
