package dev.holdfast.core.spi;

import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;

/**
 * Reads a vendor's error body. Called for answers that are not a success only, with any bytes at all: what it does not
 * understand it must return as {@link ServiceError#none()} or {@link ServiceError#text}, never throw. Safe for several threads.
 */
@FunctionalInterface
public interface BodyParser {

    /**
     * Reads the answer's body.
     *
     * @param answer the answer; its body may be empty, cut off or of any format
     * @return what it says; request ids found in headers are added by the service
     */
    ServiceError parse(ResponseView answer);

    /**
     * A parser for services without one of their own: takes code and message under all the names that are in wide use.
     *
     * @return the shared instance
     */
    static BodyParser lenient() {
        return LenientParser.INSTANCE;
    }
}
