package dev.holdfast.core.credential;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What happens to a {@link CredentialCache}. */
sealed interface CacheEvent {

    /** A caller asks for a credential, and waits for a refresh that is due if {@code waits} is true. */
    record Asked(boolean waits) implements CacheEvent {}

    /** The service has refused a credential, and a caller asks for another. */
    record Refused(Credential credential) implements CacheEvent {}

    /** The fetch that is under way has ended with a credential, a failure or, by mistake, with neither. */
    record Landed(@Nullable Credential credential, @Nullable Throwable failure) implements CacheEvent {}

    /** The vendor locks a credential. */
    record LockedOut(Credential credential, Duration length) implements CacheEvent {}

    /** The caller wants the held credential forgotten. */
    record Invalidated() implements CacheEvent {}

    /** The source is closed. */
    record Closing() implements CacheEvent {}
}
