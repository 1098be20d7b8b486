package dev.holdfast.core.catalogue;

import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import org.jspecify.annotations.Nullable;

/**
 * Says under which code a catalogue looks an error up, where that is not the code that was sent: one table may stand under several prefixes, or
 * a header may say more than the code. The error itself keeps what was sent. Must not throw; safe for several threads.
 */
@FunctionalInterface
public interface CodeMapper {

    /**
     * Reads a code.
     *
     * @param answer the answer
     * @param error what it says
     * @return the code to look for, or null for none; {@link ServiceError#code()} where nothing else is known
     */
    @Nullable
    String read(ResponseView answer, ServiceError error);
}
