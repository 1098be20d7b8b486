package dev.holdfast.core.outcome;

import dev.holdfast.core.service.ServiceClient;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What Holdfast itself has to say about a call that ended without a usable answer: the one type to catch. Its kinds are
 *
 * <ul>
 *   <li>{@link ServiceException}: the last answer is no success. A typed fetch, a {@link ServiceClient} and the futures made of them throw this type; a plain call
 *       hands out the answer instead
 *   <li>{@link CredentialException}: the call needs a credential and there is none to be had; nothing was sent
 *   <li>{@link RequestNotPermittedException}: the limiter gives no permit before the deadline; nothing was sent
 *   <li>{@link HostRefusedException}: the address is not one of the service's own; nothing was sent
 * </ul>
 *
 * <p>A fault of the network stays what the HTTP client throws for it, such as a {@link java.net.ConnectException}, so that handlers written for the plain
 * client go on working. Such a fault carries the outcome too: {@link Outcome#of(Throwable)} finds it. Catch this type first, then
 * {@link IOException}:
 *
 * <pre>{@code
 * try (Response response = calls.newCall(request).execute()) {
 *     …
 * } catch (HoldfastException e) {
 *     log.warn("{}", e.getMessage());          // names the service and the reason
 * } catch (IOException e) {
 *     log.warn("{}", Outcome.of(e), e);        // the client's own fault, and what the call went through
 * }
 * }</pre>
 */
public abstract sealed class HoldfastException extends IOException
        permits ServiceException, CredentialException, RequestNotPermittedException, HostRefusedException {
    private static final long serialVersionUID = 1;

    /**
     * An exception without a cause.
     *
     * @param message names the service and the reason, never a secret
     */
    HoldfastException(String message) {
        super(message);
    }

    /**
     * An exception with a cause.
     *
     * @param message names the service and the reason, never a secret
     * @param cause what led to it, or null
     */
    HoldfastException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * What the call went through: the same as {@link Outcome#of(Throwable)} finds.
     *
     * @return the outcome, or null where no call ended with this exception nor with a cause of it
     */
    public @Nullable Outcome outcome() {
        return Outcome.of(this);
    }
}
