package dev.holdfast.core.outcome;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** One attempt's request before the client sends it, to be changed by the caller's hook. Used by one thread. */
public interface RequestDraft {

    /**
     * The HTTP method.
     *
     * @return upper case
     */
    String method();

    /**
     * Where it goes.
     *
     * @return the caller's address
     */
    URI url();

    /**
     * Changes where it goes: another query, for example. It must stay with the service's own hosts.
     *
     * @param url the address
     */
    void url(URI url);

    /**
     * One header.
     *
     * @param name its name, any case
     * @return its first value, or null
     */
    @Nullable
    String header(String name);

    /**
     * Sets a header, in the place of all of that name.
     *
     * @param name its name
     * @param value its value
     */
    void setHeader(String name, String value);

    /**
     * Changes the body.
     *
     * @param text what to send, in UTF-8
     * @param contentType its media type
     */
    void body(String text, String contentType);
}
