package dev.holdfast.core.credential;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.internal.decide.TransportFaultRules;
import dev.holdfast.core.outcome.Attempt;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.ServiceException;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.ServiceClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The fetches of one source of metadata tokens. */
final class MetadataTokenFetch {
    private final ServiceClient serviceClient;
    private final MetadataTokens.Form form;
    private final Duration lifetime;
    private final Set<Integer> absent;
    private final boolean toleratesSilence;

    /** Stands for "none is needed here". No token can be equal to it. */
    private final Credential none;

    private volatile boolean strict;

    MetadataTokenFetch(
            ServiceClient serviceClient,
            MetadataTokens.Form form,
            Duration lifetime,
            Set<Integer> absent,
            boolean toleratesSilence) {
        this.serviceClient = serviceClient;
        this.form = form;
        this.none = Credential.token(Secret.of("no token is needed here"), form.askAgainAfter);
        this.lifetime = lifetime;
        this.absent = absent;
        this.toleratesSilence = toleratesSilence;
    }

    void apply(Credential credential, SigningView request) {
        if (!credential.isSameAs(none)) {
            request.setHeader(form.tokenHeader, credential.secret().value());
        }
    }

    CompletableFuture<Credential> fetch(@Nullable Credential refused) {
        if (refused != null && refused.isSameAs(none)) {
            strict = true;
        }
        ServiceClient.Message put = ServiceClient.Message.of("PUT", serviceClient.url(form.path))
                .header(form.lifetimeHeader, Long.toString(lifetime.toSeconds()));
        return serviceClient.fetch(put, this::token).handle(this::credential);
    }

    private Credential credential(@Nullable Secret token, @Nullable Throwable thrown) {
        if (token == null) {
            Throwable failure =
                    thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
            if (!strict && (meansAbsence(failure) || meansSilence(failure))) {
                return none;
            }
            throw new CompletionException(failure);
        }
        // A service that has tokens is not asked without one any more.
        strict = true;
        return Credential.token(token, lifetime);
    }

    private boolean meansAbsence(@Nullable Throwable failure) {
        return failure instanceof ServiceException said
                && absent.contains(said.status())
                && said.decision().kind() != ErrorKind.INTERMEDIARY;
    }

    /** A connection was made and no response came. Where no connection is made, the service itself is missing, and its own calls will say so. */
    private boolean meansSilence(@Nullable Throwable failure) {
        Outcome outcome = toleratesSilence && failure != null ? Outcome.of(failure) : null;
        List<Attempt> attempts = outcome == null ? List.of() : outcome.attempts();
        if (attempts.isEmpty()) {
            return false;
        }
        Decision last = attempts.get(attempts.size() - 1).decision();
        return last != null && TransportFaultRules.isSilence(last.rule());
    }

    private Secret token(ResponseView answer) {
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        try {
            return Secret.token(text);
        } catch (IllegalArgumentException e) {
            throw CredentialDocument.unusable(form.name, "a usable token", answer, String.valueOf(e.getMessage()));
        }
    }
}
