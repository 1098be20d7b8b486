package dev.holdfast.azure;

import dev.holdfast.core.outcome.CredentialException;
import dev.holdfast.core.outcome.ServiceException;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError.Further;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The challenge of Azure Arc's local agent: its 401 names a file that only an administrator of the machine can read, and whose content goes into the next request.
 * A false agent could name any file of the machine, so the file is read from the documented folder alone.
 *
 * @param folder where the agent keeps its keys
 */
record ArcChallenge(Path folder) {
    /** As microsoft-authentication-library-for-js has it (AzureArc.ts, msal-node 5.0.6, 2026-03). */
    private static final int LONGEST_KEY = 4096;

    private static final String SUFFIX = ".key";
    private static final String CODE = "arc_challenge";
    private static final String TARGET = "realm";
    private static final Pattern BASIC = Pattern.compile("(?i)^\\s*Basic\\s+realm\\s*=\\s*\"?([^\"]+?)\"?\\s*$");

    /** The folders are documented for Linux and Windows alone (same source). */
    static ArcChallenge ofThisMachine() {
        boolean windows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        String data = System.getenv("ProgramData");
        return new ArcChallenge(
                windows
                        ? Path.of(data == null ? "C:\\ProgramData" : data, "AzureConnectedMachineAgent", "Tokens")
                        : Path.of("/var/opt/azcmagent/tokens"));
    }

    /** Returns what stands among the further errors of such a 401, or null. */
    static @Nullable Further read(ResponseView answer) {
        if (answer.status() != 401) {
            return null;
        }
        for (String header : answer.headers().all("WWW-Authenticate")) {
            Matcher basic = BASIC.matcher(header);
            if (basic.matches()) {
                return new Further(CODE, basic.group(1), TARGET);
            }
        }
        return null;
    }

    /** Returns the file that a failed token request named, or null. */
    static @Nullable String named(Throwable failure) {
        // A future may have wrapped the failure.
        Throwable bare = failure instanceof CompletionException ? failure.getCause() : failure;
        if (bare instanceof ServiceException said && said.status() == 401) {
            for (Further further : said.error().further()) {
                if (CODE.equals(further.code()) && TARGET.equals(further.target())) {
                    return further.message();
                }
            }
        }
        return null;
    }

    /**
     * Reads the key.
     *
     * @param name the file's path, as the agent named it
     * @return its content
     * @throws CredentialException if the file is not one of the folder, or cannot be read
     */
    String key(String name) throws CredentialException {
        Path file = checked(name);
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            bytes = in.readNBytes(LONGEST_KEY + 1);
        } catch (IOException e) {
            throw new CredentialException(
                    "the key file " + file + " of Azure Arc's agent cannot be read ("
                            + e.getClass().getSimpleName()
                            + "); on Linux the process must run as root or be in the group himds",
                    e);
        }
        if (bytes.length == 0 || bytes.length > LONGEST_KEY) {
            throw refused(name, "its length must be 1 to " + LONGEST_KEY + " bytes");
        }
        String key = new String(bytes, StandardCharsets.UTF_8).strip();
        // A client that cannot send a header's value quotes it in its exception.
        if (key.isEmpty() || !key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw refused(name, "it must hold one word of visible ASCII");
        }
        return key;
    }

    private Path checked(String name) throws CredentialException {
        Path file;
        try {
            file = Path.of(name);
        } catch (InvalidPathException e) {
            throw refused(name, "it is no path");
        }
        if (!file.isAbsolute() || !file.equals(file.normalize()) || !folder.equals(file.getParent())) {
            throw refused(name, "it must lie in " + folder);
        }
        if (!file.getFileName().toString().endsWith(SUFFIX)) {
            throw refused(name, "its name must end with " + SUFFIX);
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw refused(name, "it is no regular file");
        }
        return file;
    }

    private static CredentialException refused(String name, String why) {
        return new CredentialException(
                "azure/managed-identity: the file \"" + name
                        + "\" that the answer to the token request names was not read: " + why,
                null);
    }
}
