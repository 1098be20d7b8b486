package dev.holdfast.testkit.emulator;

import dev.holdfast.core.response.HeaderFields;
import java.time.Instant;

/**
 * A request that reached an emulator.
 *
 * @param method the HTTP method
 * @param target path and query as sent
 * @param headers its headers
 * @param at when, by the emulator's clock
 */
public record ReceivedRequest(String method, String target, HeaderFields headers, Instant at) {

    /** Method and target only: a header may hold a secret. */
    @Override
    public String toString() {
        return method + " " + target;
    }
}
