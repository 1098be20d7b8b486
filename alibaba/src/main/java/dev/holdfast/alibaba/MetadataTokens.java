package dev.holdfast.alibaba;

import dev.holdfast.core.Sender;
import dev.holdfast.core.ServiceException;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of a source of metadata tokens, which stand in {@code X-aliyun-ecs-metadata-token} (alibabacloud.com,
 * "View instance metadata", 2026). Not safe for several threads.
 */
public final class MetadataTokens {
    private static final String NAME = "alibaba/metadata-token";
    private static final String HEADER = "X-aliyun-ecs-metadata-token";
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(6);

    /** Stands for "none is needed here", and is asked about again after as long as a token lives. No token can be equal to it. */
    private static final Credential NONE = Credential.token(Secret.of("no token is needed here"), LONGEST);

    private final Sender sender;
    private final Set<Integer> absent = new TreeSet<>();
    private Duration lifetime = LONGEST;
    private boolean staticStability;

    MetadataTokens(Sender sender) {
        this.sender = MetadataCalls.checked(sender);
    }

    /**
     * How long a token is good for; 6 h by default, as the vendor's own clients ask for.
     *
     * @param value 1 s to 6 h, in whole seconds
     * @return this
     * @throws IllegalArgumentException if it is not within that
     */
    public MetadataTokens lifetime(Duration value) {
        if (value.compareTo(SHORTEST) < 0
                || value.compareTo(LONGEST) > 0
                || !value.equals(value.truncatedTo(ChronoUnit.SECONDS))) {
            throw new IllegalArgumentException("lifetime must be 1 s to 6 h in whole seconds, but is " + value);
        }
        lifetime = value;
        return this;
    }

    /**
     * Goes on without a token where the metadata service has none to give: where it answers 404 or 405. Off by default, while credentials-java goes on
     * after any failure. From the first token on, and from the first request that is refused for want of one, a token is insisted on again.
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
        CachingCredentialSource.Builder source = CachingCredentialSource.builder(
                        NAME, (request, credential, now) -> apply(credential, request))
                .clock(sender.holdfast().clock())
                .random(sender.holdfast().random())
                .fetch(new Fetch(sender, lifetime, Set.copyOf(absent))::fetch);
        return (staticStability ? source.staticStability() : source).build();
    }

    private static void apply(Credential credential, SigningView request) {
        if (!credential.isSameAs(NONE)) {
            request.setHeader(HEADER, credential.secret().value());
        }
    }

    /** One source's fetches. */
    private static final class Fetch {
        private final Sender sender;
        private final Duration lifetime;
        private final Set<Integer> absent;
        private volatile boolean strict;

        Fetch(Sender sender, Duration lifetime, Set<Integer> absent) {
            this.sender = sender;
            this.lifetime = lifetime;
            this.absent = absent;
        }

        CompletableFuture<Credential> fetch(@Nullable Credential refused) {
            if (refused != null && refused.isSameAs(NONE)) {
                strict = true;
            }
            Sender.Message put = Sender.Message.of("PUT", MetadataCalls.url(sender, "/latest/api/token"))
                    .header("X-aliyun-ecs-metadata-token-ttl-seconds", Long.toString(lifetime.toSeconds()));
            return sender.send(put).handle(this::read);
        }

        private Credential read(@Nullable Answer answer, @Nullable Throwable thrown) {
            if (answer == null) {
                Throwable failure =
                        thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
                if (!strict && failure instanceof ServiceException said && meansAbsence(said)) {
                    return NONE;
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

        private static Secret token(Answer answer) {
            String text = new String(answer.body(), StandardCharsets.UTF_8);
            try {
                if (text.startsWith("{") || text.startsWith("<")) {
                    throw new IllegalArgumentException("token must be a text, but is a document (not shown)");
                }
                return Secret.token(text);
            } catch (IllegalArgumentException e) {
                throw new CompletionException(new CredentialException(
                        NAME + ": answered " + answer.status() + " without a usable token: " + e.getMessage(), null));
            }
        }
    }
}
