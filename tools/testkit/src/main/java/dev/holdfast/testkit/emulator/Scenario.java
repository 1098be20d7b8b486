package dev.holdfast.testkit.emulator;

import dev.holdfast.core.response.HeaderFields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What goes wrong and for how long; afterwards the service answers as usual. A request meets the first act that concerns its path and is
 * not used up. Immutable.
 *
 * @param acts the acts, in order
 */
public record Scenario(List<Act> acts) {

    /**
     * Copies the acts.
     *
     * @param acts the acts, in order
     */
    public Scenario {
        acts = List.copyOf(acts);
    }

    /**
     * 429, in the words of the path.
     *
     * @param count how many requests
     * @return the scenario
     */
    public static Scenario throttle(int count) {
        return of(Effect.Refusal.THROTTLED, count);
    }

    /**
     * 410: the host is being updated.
     *
     * @param length how long, by the emulator's clock and from the first request that meets it
     * @return the scenario
     */
    public static Scenario updating(Duration length) {
        return new Scenario(List.of(new Act(Effect.Refusal.UPDATING, Integer.MAX_VALUE, length, null)));
    }

    /**
     * A burst of 503, in the words of the path.
     *
     * @param count how many requests
     * @return the scenario
     */
    public static Scenario unavailable(int count) {
        return of(Effect.Refusal.UNAVAILABLE, count);
    }

    /**
     * The 404 of a service that is not provisioned yet.
     *
     * @param count how many requests
     * @return the scenario
     */
    public static Scenario notFoundYet(int count) {
        return of(Effect.Refusal.NOT_YET, count);
    }

    /**
     * The connection is closed where an answer should begin.
     *
     * @param count how many requests
     * @return the scenario
     */
    public static Scenario dropConnection(int count) {
        return of(new Effect.Dropped(), count);
    }

    /**
     * No answer at all: the request hangs until the client gives up, which takes its attempt timeout in real time.
     *
     * @param count how many requests
     * @return the scenario
     */
    public static Scenario stall(int count) {
        return of(new Effect.Stalled(), count);
    }

    /**
     * The usual answer, but not before the test allows it, so that it can act while the attempt is on the wire.
     *
     * @param limiter opens by being completed
     * @param count how many requests
     * @return the scenario
     */
    public static Scenario held(CompletableFuture<?> limiter, int count) {
        return of(new Effect.Held(limiter), count);
    }

    /**
     * The page of a web proxy that took the request for one to the internet: 502, HTML, {@code Via}.
     *
     * @param count how many requests
     * @return the scenario
     */
    public static Scenario proxyPage(int count) {
        HeaderFields headers = HeaderFields.of(
                "Content-Type",
                "text/html; charset=utf-8",
                "Via",
                "1.1 proxy.corp.example (squid/5.7)",
                "Cache-Control",
                "no-cache");
        return of(new Effect.Fixed(502, headers, ProxyPage.HTML), count);
    }

    /**
     * The usual answer, but the connection is closed after half of its body.
     *
     * @param count how many requests
     * @return the scenario
     */
    public static Scenario truncatedBody(int count) {
        return of(new Effect.Truncated(), count);
    }

    /**
     * The usual answer, its body in four parts.
     *
     * @param length how long a body takes, in real time
     * @param count how many requests
     * @return the scenario
     */
    public static Scenario slowBody(Duration length, int count) {
        return of(new Effect.Slow(length), count);
    }

    /**
     * Any answer, with the headers of the service's own errors.
     *
     * @param status its status
     * @param body its body
     * @param count how many requests
     * @return the scenario
     */
    public static Scenario answer(int status, String body, int count) {
        return of(new Effect.Fixed(status, null, body), count);
    }

    /**
     * Any answer, the service's or a stranger's.
     *
     * @param status its status
     * @param headers all of its headers but the length
     * @param body its body
     * @param count how many requests
     * @return the scenario
     */
    public static Scenario answer(int status, HeaderFields headers, String body, int count) {
        return of(new Effect.Fixed(status, headers, body), count);
    }

    /**
     * 401, in the words of the path: the service refuses the credential, whatever it is. With {@link Integer#MAX_VALUE} it is revoked for good.
     * Requests for a token are none that it concerns.
     *
     * @param count how many requests
     * @return the scenario
     */
    public static Scenario credentialRefused(int count) {
        return of(new Effect.CredentialRefused(), count);
    }

    /**
     * All credentials that were issued until now have expired, as the next request that uses one finds out. Newer ones are good.
     *
     * @return the scenario
     */
    public static Scenario credentialsExpired() {
        return of(new Effect.CredentialsExpired(), 1);
    }

    /**
     * With the next request that uses a credential the service begins to sign with another key.
     *
     * @param overlap how long credentials of the old key are still good, by the emulator's clock
     * @return the scenario
     */
    public static Scenario keyRotation(Duration overlap) {
        return of(new Effect.KeysRotated(overlap), 1);
    }

    /**
     * A scenario by its name on the command line.
     *
     * @param name one of {@link #names()}
     * @return the scenario
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Scenario named(String name) {
        return NamedScenarios.get(name);
    }

    /**
     * The names that {@link #named} knows.
     *
     * @return name to a sentence, in an order to print them in
     */
    public static Map<String, String> names() {
        return NamedScenarios.sentences();
    }

    /**
     * One after the other.
     *
     * @param other what comes next
     * @return both
     */
    public Scenario then(Scenario other) {
        List<Act> all = new ArrayList<>(acts);
        all.addAll(other.acts);
        return new Scenario(all);
    }

    /**
     * The same for some requests only.
     *
     * @param path the beginning of their paths, such as {@code /metadata/identity}
     * @return the limited scenario
     */
    public Scenario onlyFor(String path) {
        return new Scenario(acts.stream()
                .map(act -> new Act(act.effect(), act.times(), act.lasts(), path, act.tokensOnly()))
                .toList());
    }

    /**
     * The same for requests for a token or another credential only.
     *
     * @return the limited scenario
     */
    public Scenario onlyForTokens() {
        return new Scenario(acts.stream()
                .map(act -> new Act(act.effect(), act.times(), act.lasts(), act.path(), true))
                .toList());
    }

    private static Scenario of(Effect effect, int count) {
        return new Scenario(List.of(new Act(effect, count, null, null)));
    }
}
