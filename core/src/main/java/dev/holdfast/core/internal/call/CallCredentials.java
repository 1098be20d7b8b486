package dev.holdfast.core.internal.call;

import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialSource;
import dev.holdfast.core.credential.Secret;
import dev.holdfast.core.credential.SigningView;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.outcome.CallOptions;
import dev.holdfast.core.outcome.CredentialException;
import dev.holdfast.core.outcome.RequestRebuild;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.time.TimeSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one call's attempts carry that may have to be renewed: a credential, the caller's hook, or both. One thread at a time uses it. */
final class CallCredentials {
    private final @Nullable CredentialSource source;
    private final @Nullable RequestRebuild rebuild;
    private final List<Credential> sent = new ArrayList<>(1);
    private @Nullable Credential used;

    /** What the last attempt was signed with, on the client's thread. */
    private volatile @Nullable String signed;

    private CallCredentials(@Nullable CredentialSource source, @Nullable RequestRebuild rebuild) {
        this.source = source;
        this.rebuild = rebuild;
    }

    /** Null where the caller's request goes as it is: most calls. */
    static @Nullable CallCredentials of(CallEngine engine, Operation operation, CallOptions options) {
        CredentialSource source = operation.withoutCredentials() ? null : engine.credentials();
        return source == null && options.rebuild() == null ? null : new CallCredentials(source, options.rebuild());
    }

    /** The credential of the next attempt: read after every wait, because it may have changed meanwhile. Null where none is needed. */
    @Nullable
    CompletableFuture<Credential> current() {
        if (source == null) {
            return null;
        }
        CompletableFuture<Credential> current = source.current();
        return current == null ? missing("the source gave nothing") : current;
    }

    /** The start of an attempt: when the credential was asked for, or now where the source blocked. A cached credential takes far less than 1 ms. */
    static long startAfter(long askedNanos, TimeSource clock) {
        long now = clock.nanoTime();
        return now - askedNanos > 1_000_000 ? now : askedNanos;
    }

    private static CompletableFuture<Credential> missing(String why) {
        return CompletableFuture.failedFuture(new CredentialException(why, null));
    }

    /** The service took what was sent. */
    void accepted() {
        if (source != null && used != null) {
            source.onAccepted(used);
        }
    }

    /** Takes a credential if it is there. */
    boolean arrived(CompletableFuture<Credential> coming) {
        if (!coming.isDone() || coming.isCompletedExceptionally()) {
            return false;
        }
        Credential credential = coming.join();
        if (credential == null) {
            return false;
        }
        used = credential;
        if (!sent.contains(credential)) {
            sent.add(credential);
        }
        return true;
    }

    /** A failure is shared by all who waited for it, so each gets an exception of its own around it. */
    CredentialException missing(String service, CompletableFuture<Credential> coming) {
        Throwable why;
        try {
            why = new CredentialException("the source gave no credential: " + coming.join(), null);
        } catch (CompletionException e) {
            why = e.getCause() == null ? e : e.getCause();
        } catch (CancellationException e) {
            why = e;
        }
        return new CredentialException("There is no credential for " + service + ", so nothing was sent", why);
    }

    Transport.Changes changes(int attempt) {
        RequestRebuild hook = rebuild;
        CredentialSource applied = source;
        Credential credential = used;
        return new Transport.Changes(
                hook == null ? null : draft -> hook.rebuild(draft, attempt),
                applied == null || credential == null ? null : view -> sign(applied, credential, view));
    }

    private void sign(CredentialSource applied, Credential credential, SigningView view) {
        applied.apply(credential, view);
        signed = view.header("Authorization");
    }

    /** What may be said of a response: without the secrets that it quotes, and with the line that is missing where nothing was sent. */
    static Decision told(
            Classification.Failure failure,
            CallEngine engine,
            Operation operation,
            RequestView request,
            @Nullable CallCredentials credentials) {
        Decision decision = masked(failure.decision(), request, credentials);
        return credentials == null
                ? MissingSource.explained(
                        decision, engine, operation, failure.view().status(), request)
                : decision;
    }

    /** Some vendors quote in their errors what they were sent, some even what they were sent before. */
    private static Decision masked(Decision decision, RequestView request, @Nullable CallCredentials credentials) {
        ServiceError error = decision.error();
        if (error.equals(ServiceError.none())) {
            return decision;
        }
        List<String> own = RequestSecrets.of(request);
        if (credentials != null) {
            error = credentials.masked(error);
            RequestSecrets.addAuthorization(credentials.signed, own);
        }
        for (String secret : own) {
            error = error.without(secret);
        }
        return decision.withError(error);
    }

    private ServiceError masked(ServiceError said) {
        ServiceError error = said;
        for (Credential one : sent) {
            error = error.without(one.secret().value());
            Secret session = one.sessionToken();
            error = session == null ? error : error.without(session.value());
        }
        return error;
    }

    /** Told of each answer that is no success; whether what it asks to be renewed can be. */
    boolean refused(Decision decision, Supplier<@Nullable Instant> serverTime) {
        CredentialSource told = source;
        if (told != null && used != null) {
            told.onRejected(used, decision);
        }
        if (!(decision.verdict() instanceof Verdict.Reauthenticate reauthenticate)) {
            return false;
        }
        return switch (reauthenticate.renewal()) {
            case CREDENTIAL -> told != null && used != null;
            case CLOCK -> told != null && corrected(told, serverTime.get());
            case REQUEST -> rebuild != null;
        };
    }

    private static boolean corrected(CredentialSource source, @Nullable Instant serverTime) {
        return serverTime != null && source.correctClock(serverTime);
    }

    /** Null where the next attempt can be made at once. */
    @Nullable
    CompletableFuture<Credential> renew(Verdict.Renewal what, Decision decision) {
        return what == Verdict.Renewal.CREDENTIAL
                ? Objects.requireNonNull(source).refresh(Objects.requireNonNull(used), decision)
                : null;
    }
}
