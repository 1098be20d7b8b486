package dev.holdfast.core.credential;

import dev.holdfast.core.internal.time.Durations;
import dev.holdfast.core.service.ServiceClient;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Collects the settings of a source of metadata tokens: texts, asked for by a PUT with a lifetime, and sent in a header of their own. Not thread-safe. */
public final class MetadataTokens {
    private final ServiceClient serviceClient;
    private final Form form;
    private final Set<Integer> absent = new TreeSet<>();
    private Duration lifetime;
    private boolean serveExpiredWhileUnavailable;
    private boolean toleratesSilence;

    private MetadataTokens(ServiceClient serviceClient, Form form) {
        this.serviceClient = Objects.requireNonNull(serviceClient, "serviceClient must not be null");
        this.form = Objects.requireNonNull(form, "form must not be null");
        this.lifetime = form.longestLifetime;
    }

    /**
     * The settings of a source.
     *
     * @param serviceClient makes calls of the metadata service
     * @param form how the vendor's tokens are asked for and sent
     * @return a builder to change or to build
     */
    public static MetadataTokens of(ServiceClient serviceClient, Form form) {
        return new MetadataTokens(serviceClient, form);
    }

    /**
     * Describes how one vendor's tokens are asked for and sent; done once, as a constant beside the service.
     *
     * @param name what the source is called in log lines and exceptions, such as {@code alibaba/metadata-token}
     * @return a builder that wants to know the path, both headers and the range of lifetimes
     */
    public static Form.Builder form(String name) {
        return new Form.Builder(Objects.requireNonNull(name, "name must not be null"));
    }

    /**
     * How long a token is good for; as long as the vendor allows by default.
     *
     * @param value within the vendor's range, in whole seconds
     * @return this
     * @throws IllegalArgumentException if it is not within that
     */
    public MetadataTokens lifetime(Duration value) {
        if (value.compareTo(form.shortestLifetime) < 0
                || value.compareTo(form.longestLifetime) > 0
                || !value.equals(value.truncatedTo(ChronoUnit.SECONDS))) {
            String range = Durations.text(form.shortestLifetime) + " to " + Durations.text(form.longestLifetime);
            throw new IllegalArgumentException("lifetime must be " + range + " in whole seconds, but is " + value);
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
     * Goes on without a token where the metadata service does not answer the request for one: in a container whose hop limit is 1, the request arrives and
     * its response does not. Off by default. Undone as {@link #toleratingAbsence} is. Without a connection there is no such silence.
     *
     * @return this
     */
    public MetadataTokens toleratingSilence() {
        toleratesSilence = true;
        return this;
    }

    /**
     * Sends an expired token while no other can be fetched; off by default.
     *
     * @return this
     */
    public MetadataTokens serveExpiredWhileUnavailable() {
        serveExpiredWhileUnavailable = true;
        return this;
    }

    /**
     * Makes the source, on the clock of the service client. It fetches nothing yet.
     *
     * @return a new source
     */
    public CachingCredentialSource build() {
        MetadataTokenFetch fetch =
                new MetadataTokenFetch(serviceClient, form, lifetime, Set.copyOf(absent), toleratesSilence);
        CachingCredentialSource.Builder source = CachingCredentialSource.builder(
                        form.name, (request, credential, now) -> fetch.apply(credential, request))
                .timeSource(serviceClient.timeSource())
                .random(serviceClient.random())
                .fetch(fetch::fetch);
        return (serveExpiredWhileUnavailable ? source.serveExpiredWhileUnavailable() : source).build();
    }

    /** How one vendor's tokens are asked for and sent. Immutable. */
    public static final class Form {
        final String name;
        final String path;
        final String lifetimeHeader;
        final String tokenHeader;
        final Duration shortestLifetime;
        final Duration longestLifetime;
        final Duration askAgainAfter;

        private Form(Builder from) {
            this.name = from.name;
            this.path = needed(from.path, "path");
            this.lifetimeHeader = needed(from.lifetimeHeader, "lifetimeHeader");
            this.tokenHeader = needed(from.tokenHeader, "tokenHeader");
            this.shortestLifetime = from.shortestLifetime;
            this.longestLifetime = needed(from.longestLifetime, "longestLifetime");
            this.askAgainAfter = from.askAgainAfter == null ? longestLifetime : from.askAgainAfter;
            if (shortestLifetime.compareTo(longestLifetime) > 0) {
                throw new IllegalArgumentException("shortestLifetime must not be above longestLifetime, which is "
                        + longestLifetime + ", but is " + shortestLifetime);
            }
        }

        private <T> T needed(@Nullable T value, String setting) {
            if (value == null) {
                throw new IllegalStateException(setting + " must be set for " + name + ", but is not");
            }
            return value;
        }

        /** Collects how a vendor's tokens are asked for and sent. Not safe for several threads. */
        public static final class Builder {
            private final String name;
            private @Nullable String path;
            private @Nullable String lifetimeHeader;
            private @Nullable String tokenHeader;
            private Duration shortestLifetime = Duration.ofSeconds(1);
            private @Nullable Duration longestLifetime;
            private @Nullable Duration askAgainAfter;

            private Builder(String name) {
                if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
                    throw new IllegalArgumentException(
                            "name must be a text without control characters, but is \"" + name + "\"");
                }
                this.name = name;
            }

            /**
             * Where a token is asked for, by a PUT.
             *
             * @param value a path of the service, with or without a query
             * @return this
             * @throws IllegalArgumentException if it is none
             */
            public Builder path(String value) {
                if (!isPath(value)) {
                    throw new IllegalArgumentException(
                            "path must begin with one / and be a path of a URL, but is \"" + value + "\"");
                }
                path = value;
                return this;
            }

            private static boolean isPath(String value) {
                try {
                    URI target = new URI(value);
                    return value.startsWith("/") && target.getRawAuthority() == null && target.getRawFragment() == null;
                } catch (URISyntaxException e) {
                    return false;
                }
            }

            /**
             * The header of that PUT which says for how many seconds the token is to be good.
             *
             * @param header its name
             * @return this
             * @throws IllegalArgumentException if no header can have this name
             */
            public Builder lifetimeHeader(String header) {
                lifetimeHeader = headerName("lifetimeHeader", header);
                return this;
            }

            /**
             * The header that requests carry the token in.
             *
             * @param header its name
             * @return this
             * @throws IllegalArgumentException if no header can have this name
             */
            public Builder tokenHeader(String header) {
                tokenHeader = headerName("tokenHeader", header);
                return this;
            }

            /**
             * The shortest lifetime that may be asked for; 1 s by default.
             *
             * @param value 1 s or more, in whole seconds
             * @return this
             * @throws IllegalArgumentException if it is not
             */
            public Builder shortestLifetime(Duration value) {
                shortestLifetime = seconds("shortestLifetime", value);
                return this;
            }

            /**
             * The longest lifetime that may be asked for, which is asked for by default.
             *
             * @param value 1 s or more, in whole seconds
             * @return this
             * @throws IllegalArgumentException if it is not
             */
            public Builder longestLifetime(Duration value) {
                longestLifetime = seconds("longestLifetime", value);
                return this;
            }

            /**
             * After how long a service that has no tokens to give is asked again; after the longest lifetime by default.
             *
             * @param value 1 s or more, in whole seconds
             * @return this
             * @throws IllegalArgumentException if it is not
             */
            public Builder askAgainAfter(Duration value) {
                askAgainAfter = seconds("askAgainAfter", value);
                return this;
            }

            private static String headerName(String setting, String value) {
                boolean sound = !value.isEmpty() && value.chars().allMatch(Builder::isOfAName);
                if (!sound) {
                    throw new IllegalArgumentException(setting
                            + " must be a header's name, of letters, digits and hyphens, but is \"" + value + "\"");
                }
                return value;
            }

            /** RFC 9110, section 5.6.2. */
            private static boolean isOfAName(int c) {
                return c > ' ' && c < 0x7f && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
            }

            private static Duration seconds(String setting, Duration value) {
                if (value.compareTo(Duration.ofSeconds(1)) < 0
                        || !value.equals(value.truncatedTo(ChronoUnit.SECONDS))) {
                    throw new IllegalArgumentException(
                            setting + " must be 1 s or more in whole seconds, but is " + value);
                }
                return value;
            }

            /**
             * Makes the description.
             *
             * @return how the vendor's tokens are asked for and sent
             * @throws IllegalStateException if the path, a header or the longest lifetime is not set
             * @throws IllegalArgumentException if the shortest lifetime is above the longest
             */
            public Form build() {
                return new Form(this);
            }
        }
    }
}
