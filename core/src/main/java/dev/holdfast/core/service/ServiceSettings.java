package dev.holdfast.core.service;

import dev.holdfast.core.catalogue.Catalogue;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.internal.text.Endpoints;
import dev.holdfast.core.internal.text.Origin;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.policy.RetryPolicy;
import dev.holdfast.core.spi.ErrorDialect;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of {@link Service.Builder}, which {@link ServiceFacts} reads. A class of its own only so that each file can be read at once.
 *
 * @param <B> the builder itself
 */
abstract class ServiceSettings<B extends ServiceSettings<B>> {
    /** Scheme and port, as long as {@link #baseUrl(String)} is not known. */
    private static final Origin ANY = new Origin("https", "localhost", 443);

    final String id;

    @Nullable
    URI baseUrl;

    final Set<String> hosts = new LinkedHashSet<>();
    boolean linkLocal;
    final List<Operation> operations = new ArrayList<>();
    final Map<String, String> requiredHeaders = new LinkedHashMap<>();
    final Set<String> forbiddenHeaders = new LinkedHashSet<>();
    final List<String> requestIdHeaders = new ArrayList<>();
    ErrorDialect dialect = ErrorDialect.standard();
    Catalogue catalogue = Catalogue.empty();
    RetryPolicy policy = RetryPolicy.defaults();
    final Map<Pace, Duration> leastPatience = new EnumMap<>(Pace.class);
    final Map<String, Limits> limiters = new LinkedHashMap<>();
    String probePath = "/";

    @Nullable
    String credentialsBy;

    ServiceSettings(String id) {
        this.id = id;
    }

    abstract B self();

    /**
     * What a probe asks for; {@code /} by default.
     *
     * @param pathAndQuery a path that needs no credential and is answered at once
     * @return this
     */
    public B probePath(String pathAndQuery) {
        probePath = Objects.requireNonNull(pathAndQuery, "probePath must not be null");
        return self();
    }

    /**
     * How narrow the limiter of a category is.
     *
     * @param category an operation's category; {@code default} is the one of operations that name none
     * @param settings the limits
     * @return this
     */
    public B limits(String category, Limits settings) {
        limiters.put(category, Objects.requireNonNull(settings, "settings must not be null"));
        return self();
    }

    /**
     * Where the service is.
     *
     * @param url scheme, host and, where it is not the scheme's own, port
     * @return this
     * @throws IllegalArgumentException if the scheme is not http or https, the host is missing or no client could use it, or there is more than
     *     scheme, host and port
     */
    public B baseUrl(String url) {
        baseUrl = Endpoints.checked("baseUrl", URI.create(url));
        return self();
    }

    /**
     * Further hosts that requests may go to, at the scheme and the port of {@link #baseUrl(String)}.
     *
     * @param names host names or addresses; {@code *.example.com} stands for every host below it; {@code https://eu.example.com:8443} is an origin
     *     with a scheme and a port of its own
     * @return this
     * @throws IllegalArgumentException if one is none of these
     */
    public B hosts(String... names) {
        for (String name : names) {
            Origin.parse("hosts", Objects.requireNonNull(name, "hosts must not hold null"), ANY);
            hosts.add(name);
        }
        return self();
    }

    List<Origin> origins(Origin base) {
        Set<Origin> all = new LinkedHashSet<>();
        all.add(base);
        hosts.forEach(name -> all.add(Origin.parse("hosts", name, base)));
        return List.copyOf(all);
    }

    /**
     * Reached without any router.
     *
     * @return this
     */
    public B linkLocal() {
        linkLocal = true;
        return self();
    }

    /**
     * Adds an operation; the first that recognises a request has it.
     *
     * @param operation the operation
     * @return this
     */
    public B operation(Operation.Builder operation) {
        operations.add(operation.build());
        return self();
    }

    /**
     * Sets the line of code that gives the service its credentials. A call that is refused without a source names it. Default: none.
     *
     * @param line such as {@code AlibabaSlb.signedByRole(client, region)}
     * @return this
     */
    public B credentialsBy(String line) {
        credentialsBy = Objects.requireNonNull(line, "line must not be null");
        return self();
    }

    /**
     * A header that is added where the caller did not set it.
     *
     * @param name the header's name
     * @param value its value
     * @return this
     */
    public B requiredHeader(String name, String value) {
        requiredHeaders.put(name, value);
        return self();
    }

    /**
     * A header that is never sent, whoever set it.
     *
     * @param name the header's name
     * @return this
     */
    public B forbiddenHeader(String name) {
        forbiddenHeaders.add(name);
        return self();
    }

    /**
     * Headers of answers that hold request ids.
     *
     * @param names header names, the most useful first
     * @return this
     */
    public B requestIdHeaders(String... names) {
        requestIdHeaders.addAll(List.of(names));
        return self();
    }

    /**
     * All that the vendor tells about its responses; {@link ErrorDialect#standard()} by default.
     *
     * @param value the dialect
     * @return this
     */
    public B dialect(ErrorDialect value) {
        dialect = Objects.requireNonNull(value, "dialect must not be null");
        return self();
    }

    /**
     * The vendor's error table; none by default, so that only statuses decide.
     *
     * @param value the catalogue
     * @return this
     */
    public B catalogue(Catalogue value) {
        catalogue = Objects.requireNonNull(value, "catalogue must not be null");
        return self();
    }

    /**
     * The policy that fits this service.
     *
     * @param value the policy
     * @return this
     */
    public B policy(RetryPolicy value) {
        policy = Objects.requireNonNull(value, "policy must not be null");
        return self();
    }

    /**
     * The least patience that makes sense, by the vendor's word.
     *
     * @param pace STARTUP or MAINTENANCE
     * @param least the least
     * @return this
     */
    public B leastPatience(Pace pace, Duration least) {
        leastPatience.put(pace, least);
        return self();
    }
}
