package dev.holdfast.core.credential;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One attempt's request as it will be sent, after everything that the caller's client does to it: what a credential is applied to. Used by one
 * thread and only within {@link CredentialSource#apply}. Its {@code toString} shows neither headers nor query.
 */
public interface SigningView {

    /**
     * The HTTP method.
     *
     * @return upper case
     */
    String method();

    /**
     * Where it goes.
     *
     * @return the address as sent, its path and query still encoded
     */
    URI url();

    /**
     * The headers so far.
     *
     * @return names as they are sent to values; no {@code Host} unless the client shows it, see {@link #url}
     */
    Map<String, List<String>> headers();

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
     * @param value its value, of visible ASCII and inner blanks
     * @throws IllegalArgumentException if the value has other characters; it is not shown
     */
    void setHeader(String name, String value);

    /**
     * Takes a header off.
     *
     * @param name its name, any case
     */
    void removeHeader(String name);

    /**
     * The SHA-256 of the body.
     *
     * @return 64 lower-case hexadecimal digits; of nothing where there is no body
     * @throws IllegalStateException if the body can be read only once, so that it cannot be hashed and then sent
     */
    String bodySha256();
}
