package dev.holdfast.core.service;

import dev.holdfast.core.catalogue.Catalogue;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.internal.text.HostName;
import dev.holdfast.core.internal.text.Origin;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.policy.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of a service before any response: the accessors of {@link Service}. Immutable. */
abstract class ServiceFacts {
    private final String id;
    private final URI baseUrl;
    private final List<Origin> origins;
    private final boolean linkLocal;
    private final List<Operation> operations;
    private final Map<String, String> requiredHeaders;
    private final Set<String> forbiddenHeaders;
    private final Catalogue catalogue;
    private final RetryPolicy policy;
    private final Map<Pace, Duration> leastPatience;
    private final Map<String, Limits> limiters;
    private final String probePath;
    private final @Nullable String credentialsBy;

    ServiceFacts(ServiceSettings<?> settings) {
        this.id = settings.id;
        this.baseUrl = Objects.requireNonNull(settings.baseUrl, "baseUrl must be set");
        this.origins = settings.origins(Origin.of(baseUrl));
        this.linkLocal = settings.linkLocal;
        this.operations = List.copyOf(settings.operations);
        this.requiredHeaders = Map.copyOf(settings.requiredHeaders);
        this.forbiddenHeaders = Set.copyOf(settings.forbiddenHeaders);
        this.catalogue = settings.catalogue;
        this.policy = settings.policy;
        this.leastPatience = new EnumMap<>(settings.leastPatience);
        this.limiters = Map.copyOf(settings.limiters);
        this.probePath = settings.probePath;
        this.credentialsBy = settings.credentialsBy;
    }

    ServiceFacts(ServiceFacts from) {
        this.id = from.id;
        this.baseUrl = from.baseUrl;
        this.origins = from.origins;
        this.linkLocal = from.linkLocal;
        this.operations = from.operations;
        this.requiredHeaders = from.requiredHeaders;
        this.forbiddenHeaders = from.forbiddenHeaders;
        this.catalogue = from.catalogue;
        this.policy = from.policy;
        this.leastPatience = from.leastPatience;
        this.limiters = from.limiters;
        this.probePath = from.probePath;
        this.credentialsBy = from.credentialsBy;
    }

    /**
     * Vendor and name.
     *
     * @return the id
     */
    public String id() {
        return id;
    }

    /**
     * Where the service is.
     *
     * @return scheme, host and port
     */
    public URI baseUrl() {
        return baseUrl;
    }

    /**
     * Returns the line of code that gives the service its credentials.
     *
     * @return the line, or null where none is known
     */
    public @Nullable String credentialsBy() {
        return credentialsBy;
    }

    /**
     * The only origins that requests may go to.
     *
     * @return {@code scheme://host} with the port where it is not the scheme's own, the one of {@link #baseUrl()} first; a host that starts with
     *     {@code *.} stands for every host below it
     */
    public Set<String> origins() {
        Set<String> texts = new LinkedHashSet<>();
        origins.forEach(origin -> texts.add(origin.toString()));
        return Collections.unmodifiableSet(texts);
    }

    /**
     * The hosts of {@link #origins()}.
     *
     * @return host names in lower case; one that starts with {@code *.} stands for every host below it
     */
    public Set<String> hosts() {
        Set<String> names = new LinkedHashSet<>();
        origins.forEach(origin -> names.add(origin.host()));
        return Collections.unmodifiableSet(names);
    }

    /**
     * Whether a host is one of the service's own, in any spelling. A request needs the right scheme and port too: see {@link #origins()}.
     *
     * @param host a host name or address, any case
     * @return true if it is
     */
    public boolean allows(String host) {
        String canonical = HostName.canonical(host);
        return canonical != null && origins.stream().anyMatch(origin -> origin.names(canonical));
    }

    /**
     * Whether it is reached without any router: then no proxy, no redirect, no cookie, no cache.
     *
     * @return true for link-local services
     */
    public boolean linkLocal() {
        return linkLocal;
    }

    /**
     * The operations.
     *
     * @return in the order in which they are asked
     */
    public List<Operation> operations() {
        return operations;
    }

    /**
     * Headers that are added where the caller did not set them.
     *
     * @return name to value
     */
    public Map<String, String> requiredHeaders() {
        return requiredHeaders;
    }

    /**
     * Headers that are never sent.
     *
     * @return names
     */
    public Set<String> forbiddenHeaders() {
        return forbiddenHeaders;
    }

    /**
     * The vendor's error table.
     *
     * @return the catalogue
     */
    public Catalogue catalogue() {
        return catalogue;
    }

    /**
     * The policy that fits this service.
     *
     * @return the default policy
     */
    public RetryPolicy policy() {
        return policy;
    }

    /**
     * The least patience that makes sense, by the vendor's word.
     *
     * @param pace a pace
     * @return zero where the vendor says nothing
     */
    public Duration leastPatience(Pace pace) {
        return leastPatience.getOrDefault(pace, Duration.ZERO);
    }

    /**
     * What a probe asks for.
     *
     * @return a path with its query
     */
    public String probePath() {
        return probePath;
    }

    /**
     * How narrow the limiter of a category is by default: below what the vendor documents, because other agents share it.
     *
     * @param category an operation's category
     * @return the settings; without any limit where none is documented
     */
    public Limits limits(String category) {
        return limiters.getOrDefault(category, Limits.NONE);
    }
}
