package dev.holdfast.core;

import dev.holdfast.core.credential.CachingCredentialSource;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialException;
import dev.holdfast.core.credential.Secret;
import dev.holdfast.core.credential.SigningView;
import dev.holdfast.core.error.Answer;
import dev.holdfast.core.error.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of a source of metadata tokens: plain texts, asked for by a PUT that says how long they are to be good for, and sent in a header of
 * their own. Several clouds have them in the same form. Not safe for several threads.
 */
public final class MetadataTokens {
    private final Sender sender;
    private final Form form;
    private final Set<Integer> absent = new TreeSet<>();
    private Duration lifetime;
    private boolean staticStability;

    /**
     * How one vendor's tokens are asked for and sent.
     *
     * @param name what the source is called in log lines and exceptions
     * @param path where a token is asked for
     * @param lifetimeHeader the header that says for how many seconds
     * @param header the header that a token is sent in
     * @param shortest the shortest lifetime that may be asked for
     * @param longest the longest, which is asked for by default
     * @param askedAgain after how long a service that has no tokens to give is asked again
     */
    public record Form(
            String name,
            String path,
            String lifetimeHeader,
            String header,
            Duration shortest,
            Duration longest,
            Duration askedAgain) {}

    /**
     * The settings of a source.
     *
     * @param sender makes calls of the metadata service; whether it has credentials does not matter
     * @param form how the vendor's tokens are asked for and sent
     */
    public MetadataTokens(Sender sender, Form form) {
        this.sender = Objects.requireNonNull(sender, "sender must not be null");
        this.form = Objects.requireNonNull(form, "form must not be null");
        this.lifetime = form.longest();
    }

    /**
     * How long a token is good for; as long as the vendor allows by default.
     *
     * @param value within the vendor's range, in whole seconds
     * @return this
     * @throws IllegalArgumentException if it is not within that
     */
    public MetadataTokens lifetime(Duration value) {
        if (value.compareTo(form.shortest()) < 0
                || value.compareTo(form.longest()) > 0
                || !value.equals(value.truncatedTo(ChronoUnit.SECONDS))) {
            throw new IllegalArgumentException(
                    "lifetime must be " + form.shortest().toSeconds() + " s to "
                            + form.longest().toHours() + " h in whole seconds, but is " + value);
        }
        lifetime = value;
        return this;
    }

    /**
     * Goes on without a token where the metadata service has none to give: where it answers 404 or 405. Off by default. From the first token on, and from
     * the first request that is refused for want of one, a token is insisted on again.
     *
     * @param alsoStatuses what means it as well
     * @return this
     * @throws IllegalArgumentException if one is no status of an error
     */
    public MetadataTokens toleratingAbsence(int... alsoStatuses) {
        for (int status : alsoStatuses) {
            if (status < 400 || status > 599) {
                throw new IllegalArgumentException("status must be 400 to 599, but is " + status);
            }
        }
        absent.add(404);
        absent.add(405);
        Arrays.stream(alsoStatuses).forEach(absent::add);
        return this;
    }

    /**
     * Sends an expired token while no other can be fetched; off by default.
     *
     * @return this
     */
    public MetadataTokens staticStability() {
        staticStability = true;
        return this;
    }

    /**
     * Makes the source, on the clock of the sender. It fetches nothing yet.
     *
     * @return a new source
     */
    public CachingCredentialSource build() {
        Fetch fetch = new Fetch(sender, form, lifetime, Set.copyOf(absent));
        CachingCredentialSource.Builder source = CachingCredentialSource.builder(
                        form.name(), (request, credential, now) -> fetch.apply(credential, request))
                .clock(sender.clock())
                .random(sender.random())
                .fetch(fetch::fetch);
        return (staticStability ? source.staticStability() : source).build();
    }

    /** One source's fetches. */
    private static final class Fetch {
        private final Sender sender;
        private final Form form;
        private final Duration lifetime;
        private final Set<Integer> absent;
        /** Stands for "none is needed here". No token can be equal to it. */
        private final Credential none;

        private volatile boolean strict;

        Fetch(Sender sender, Form form, Duration lifetime, Set<Integer> absent) {
            this.sender = sender;
            this.form = form;
            this.none = Credential.token(Secret.of("no token is needed here"), form.askedAgain());
            this.lifetime = lifetime;
            this.absent = absent;
        }

        void apply(Credential credential, SigningView request) {
            if (!credential.isSameAs(none)) {
                request.setHeader(form.header(), credential.secret().value());
            }
        }

        CompletableFuture<Credential> fetch(@Nullable Credential refused) {
            if (refused != null && refused.isSameAs(none)) {
                strict = true;
            }
            Sender.Message put = Sender.Message.of("PUT", sender.url(form.path()))
                    .header(form.lifetimeHeader(), Long.toString(lifetime.toSeconds()));
            return sender.send(put).handle(this::read);
        }

        private Credential read(@Nullable Answer answer, @Nullable Throwable thrown) {
            if (answer == null) {
                Throwable failure =
                        thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
                if (!strict && failure instanceof ServiceException said && meansAbsence(said)) {
                    return none;
                }
                throw new CompletionException(failure);
            }
            Credential token = Credential.token(token(answer), lifetime);
            // Whoever has tokens is not asked without one any more.
            strict = true;
            return token;
        }

        private boolean meansAbsence(ServiceException said) {
            return absent.contains(said.status()) && said.decision().kind() != Kind.INTERMEDIARY;
        }

        private Secret token(Answer answer) {
            String text = new String(answer.body(), StandardCharsets.UTF_8);
            try {
                if (text.startsWith("{") || text.startsWith("<")) {
                    throw new IllegalArgumentException("token must be a text, but is a document (not shown)");
                }
                return Secret.token(text);
            } catch (IllegalArgumentException e) {
                throw new CompletionException(new CredentialException(
                        form.name() + ": answered " + answer.status() + " without a usable token: " + e.getMessage(),
                        null));
            }
        }
    }
}
