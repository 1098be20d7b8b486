package dev.holdfast.core.spi;

import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import org.jspecify.annotations.Nullable;

/**
 * Looks into a success of an operation that is known for failures in disguise, such as a credentials document without credentials. Asked for
 * those operations only. Must not throw; safe for several threads.
 */
@FunctionalInterface
public interface SuccessCheck {

    /**
     * Looks into a success.
     *
     * @param answer the answer, of a 2xx status
     * @param request the request, or null where it is not known
     * @return the error that it hides, or null if it is what it seems
     */
    @Nullable
    ServiceError failure(ResponseView answer, @Nullable RequestView request);
}
