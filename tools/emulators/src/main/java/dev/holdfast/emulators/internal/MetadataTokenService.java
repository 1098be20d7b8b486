package dev.holdfast.emulators.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.core.time.TimeSource;
import dev.holdfast.testkit.emulator.EmulatedRequest;
import dev.holdfast.testkit.emulator.EmulatedService;
import dev.holdfast.testkit.emulator.Reply;
import java.time.Duration;
import java.util.Map;

/**
 * A metadata service that hands out tokens by {@code PUT}, insists on them once it is told to, and hands out temporary access keys. A vendor's service
 * says where, in which words it refuses, and what its documents are.
 */
public abstract class MetadataTokenService implements EmulatedService {
    private static final int MOST_SECONDS = 21_600;

    /** What a request can do wrong. */
    public enum Mistake {
        /** There is nothing at the path. */
        PATH,
        /** The method is another than the path's. */
        METHOD,
        /** A token is asked for through a proxy. */
        TOKEN_FORWARDED,
        /** A token is asked for without a lifetime, or with one that is out of range. */
        LIFETIME,
        /** There is no token, but the service insists on one. */
        TOKEN_MISSING,
        /** The token was not issued here, or is over. */
        TOKEN_REFUSED,
        /** A request with a token comes through a proxy. */
        REQUEST_FORWARDED
    }

    /**
     * Where and how tokens are handed out.
     *
     * @param path the path of {@code PUT}
     * @param lifetimeHeader the header of the wanted lifetime in seconds
     * @param tokenHeader the header that carries the token
     * @param leastSeconds the shortest lifetime; the longest is six hours everywhere
     */
    public record Tokens(String path, String lifetimeHeader, String tokenHeader, int leastSeconds) {}

    private final TimeSource clock;
    private final Tokens tokens;
    private final SignedTokens press;
    private final AccessKeys keys;
    private final JsonNode documents;
    private volatile boolean insisting;

    protected MetadataTokenService(TimeSource clock, Tokens tokens, AccessKeys keys, String documents) {
        this.clock = clock;
        this.tokens = tokens;
        this.keys = keys;
        this.press = new SignedTokens(clock);
        this.documents = Documents.tree(documents);
    }

    public final AccessKeys keys() {
        return keys;
    }

    /** Refuses a request without a token from now on. */
    public final void insistOnTokens() {
        insisting = true;
    }

    protected abstract Reply refusal(Mistake mistake);

    /** Answers a read that no token forbids; a vendor's service looks first for what it makes anew each time. */
    protected Reply read(String path) {
        JsonNode found = documents.path(path);
        if (found.isMissingNode()) {
            return refusal(Mistake.PATH);
        }
        return found.isTextual() ? Reply.text(found.asText()) : Reply.json(200, found);
    }

    @Override
    public Reply answer(EmulatedRequest request) {
        boolean forToken = request.path().equals(tokens.path());
        if (forToken && request.method().equals("PUT")) {
            return token(request);
        }
        boolean read = request.method().equals("GET") || request.method().equals("HEAD");
        if (!read || forToken) {
            return refusal(Mistake.METHOD);
        }
        String token = request.headers().first(tokens.tokenHeader());
        if (token == null) {
            return insisting ? refusal(Mistake.TOKEN_MISSING) : read(request.path());
        }
        if (request.isForwarded()) {
            return refusal(Mistake.REQUEST_FORWARDED);
        }
        return press.read(token).good() ? read(request.path()) : refusal(Mistake.TOKEN_REFUSED);
    }

    protected Reply token(EmulatedRequest request) {
        if (request.isForwarded()) {
            return refusal(Mistake.TOKEN_FORWARDED);
        }
        String wanted = request.headers().first(tokens.lifetimeHeader());
        int seconds = wanted != null && wanted.matches("\\d{1,9}") ? Integer.parseInt(wanted) : 0;
        if (seconds < tokens.leastSeconds() || seconds > MOST_SECONDS) {
            return refusal(Mistake.LIFETIME);
        }
        // A token knows whole seconds only; one of a second must not be over before it arrives.
        return Reply.text(press.issue(Map.of(), clock.now().plusSeconds(seconds).plusNanos(999_999_999)));
    }

    @Override
    public boolean isForToken(EmulatedRequest request) {
        return request.path().equals(tokens.path());
    }

    @Override
    public Reply credentialRefused(EmulatedRequest request) {
        return refusal(Mistake.TOKEN_REFUSED);
    }

    @Override
    public void expireCredentials() {
        press.expireAll();
    }

    @Override
    public void rotateKeys(Duration overlap) {
        press.rotate(overlap);
    }
}
