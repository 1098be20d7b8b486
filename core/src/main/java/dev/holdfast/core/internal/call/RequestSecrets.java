package dev.holdfast.core.internal.call;

import dev.holdfast.core.response.RequestView;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The tokens, keys and signatures in what the caller sends. Asked only where a response is an error: it may quote them. */
final class RequestSecrets {
    private static final List<String> AUTHORIZATION = List.of("Authorization", "Proxy-Authorization");
    private static final List<String> TOKENS = List.of(
            "X-Auth-Token",
            "X-Subject-Token",
            "X-Security-Token",
            "X-Metadata-Token",
            "X-aliyun-ecs-metadata-token",
            "api-key");
    private static final List<String> PARAMETERS =
            List.of("sig", "Signature", "access_token", "token", "SecurityToken", "X-Amz-Security-Token");

    /** The parameters of an Authorization header that a vendor's support asks for. */
    private static final Set<String> NO_SECRETS = Set.of(
            "credential",
            "access",
            "accesskeyid",
            "keyid",
            "signedheaders",
            "headers",
            "algorithm",
            "username",
            "realm",
            "uri");

    /** Schemes without parameters, and a header that is nothing but a token. */
    private static final Set<String> WHOLE = Set.of("", "bearer", "basic", "token");

    private static final Pattern PARAMETER = Pattern.compile("([A-Za-z][A-Za-z0-9_-]*)=(\"[^\"]*\"|[^,\\s]+)");
    /** A shorter one is a flag. */
    private static final int SHORTEST = 8;

    private RequestSecrets() {}

    static List<String> of(RequestView request) {
        List<String> found = new ArrayList<>(1);
        for (String name : AUTHORIZATION) {
            addAuthorization(request.headers().first(name), found);
        }
        for (String name : TOKENS) {
            add(request.headers().first(name), found);
        }
        for (String name : PARAMETERS) {
            String value = request.parameter(name);
            if (value != null) {
                add(value, found);
                add(decoded(value), found);
            }
        }
        return found;
    }

    private static @Nullable String decoded(String value) {
        try {
            // A plus is itself in most signatures, whatever a form makes of it.
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static void addAuthorization(@Nullable String header, List<String> found) {
        if (header == null) {
            return;
        }
        String value = header.strip();
        int blank = value.indexOf(' ');
        String scheme = blank < 0 ? "" : value.substring(0, blank).toLowerCase(Locale.ROOT);
        String rest = value.substring(blank + 1).strip();
        Matcher parameters = PARAMETER.matcher(rest);
        if (!WHOLE.contains(scheme) && parameters.lookingAt()) {
            do {
                if (!NO_SECRETS.contains(parameters.group(1).toLowerCase(Locale.ROOT))) {
                    add(unquoted(parameters.group(2)), found);
                }
            } while (parameters.find());
            return;
        }
        // "SharedKey account:signature": the key's id is no secret.
        add(WHOLE.contains(scheme) ? rest : rest.substring(rest.lastIndexOf(':') + 1), found);
        if (scheme.equals("basic")) {
            add(password(rest), found);
        }
    }

    private static String unquoted(String value) {
        return value.startsWith("\"") ? value.substring(1, value.length() - 1) : value;
    }

    private static @Nullable String password(String basic) {
        try {
            String both = new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8);
            return both.substring(both.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static void add(@Nullable String secret, List<String> found) {
        if (secret != null && secret.length() >= SHORTEST && !found.contains(secret)) {
            found.add(secret);
        }
    }
}
