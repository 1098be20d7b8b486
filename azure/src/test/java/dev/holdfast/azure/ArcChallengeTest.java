package dev.holdfast.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.outcome.CredentialException;
import dev.holdfast.core.service.ServiceClient;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent of Azure Arc: a 401 that names a key file, and a second request with the file's content. */
class ArcChallengeTest {
    private static final String KEY = "c2VjcmV0LWtleS1vZi1hcmM";

    @TempDir
    private Path machine;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private Path folder;
    private Path file;
    private HttpServer agent;
    private volatile String challenge;

    @BeforeEach
    void start() throws IOException {
        folder = Files.createDirectories(machine.resolve("tokens"));
        file = Files.writeString(folder.resolve("a1.key"), KEY);
        challenge = "Basic realm=" + file;
        agent = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        agent.createContext("/", this::answer);
        agent.start();
    }

    @AfterEach
    void stop() {
        agent.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        requests.add(exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Metadata") + " " + authorization);
        boolean known = ("Basic " + KEY).equals(authorization);
        byte[] body = (known ? "{\"access_token\":\"token-of-arc\",\"expires_in\":\"86400\"}" : "")
                .getBytes(StandardCharsets.UTF_8);
        if (!known && challenge != null) {
            exchange.getResponseHeaders().add("WWW-Authenticate", challenge);
        }
        exchange.sendResponseHeaders(known ? 200 : 401, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private ServiceClient client() {
        return HoldfastOkHttp.serviceClient(
                new OkHttpClient(),
                AzureImds.arc()
                        .endpoint(URI.create(
                                "http://127.0.0.1:" + agent.getAddress().getPort()))
                        .build());
    }

    private Credential token() {
        return AzureImds.managedIdentity(client(), "https://vault.azure.net")
                .onAzureArc(folder)
                .build()
                .current()
                .join();
    }

    private void refuses(String why) {
        assertThatThrownBy(() -> token())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(CredentialException.class)
                .hasMessageContaining(why);
        assertThat(requests).as("no second request without a key").hasSize(1);
    }

    @Test
    void theKeyAnswersTheChallenge() {
        assertThat(token().secret().value()).isEqualTo("token-of-arc");
        String target =
                "/metadata/identity/oauth2/token?api-version=2019-11-01&resource=https%3A%2F%2Fvault.azure.net true ";
        assertThat(requests).containsExactly(target + null, target + "Basic " + KEY);
    }

    /** An adapter's future may wrap its failure, as that of java.net.http does. */
    @Test
    void theChallengeIsReadInAWrappedFailureToo() {
        ServiceClient client = client();
        Throwable failure = client.fetch(
                        ServiceClient.Message.of("GET", client.url("/metadata/identity/oauth2/token")),
                        answer -> answer)
                .handle((answer, thrown) -> thrown)
                .join();
        assertThat(ArcChallenge.named(failure)).isEqualTo(file.toString());
        assertThat(ArcChallenge.named(new CompletionException(failure))).isEqualTo(file.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"basic Realm=\"%s\"", "Basic realm = %s ", "BASIC realm=%s"})
    void theChallengeInOtherSpellings(String form) {
        challenge = form.formatted(file);
        assertThat(token().secret().value()).isEqualTo("token-of-arc");
    }

    /** A false agent would have any file of the machine sent to it. */
    @ParameterizedTest
    @CsvSource({
        "/etc/shadow, must lie in",
        "/etc/shadow.key, must lie in",
        "tokens/a1.key, must lie in",
        "%s/../outside.key, must lie in",
        "%s/deeper/a1.key, must lie in",
        "%s/a1.txt, must end with .key",
        "%s/missing.key, no regular file",
        "%s/folder.key, no regular file",
        "%s/link.key, no regular file",
    })
    void anyOtherFileIsNotRead(String named, String why) throws IOException {
        Files.writeString(machine.resolve("outside.key"), KEY);
        Files.writeString(folder.resolve("a1.txt"), KEY);
        Files.createDirectory(folder.resolve("folder.key"));
        Files.createSymbolicLink(folder.resolve("link.key"), machine.resolve("outside.key"));
        challenge = "Basic realm=" + named.replace("%s", folder.toString());
        refuses(why);
    }

    @Test
    void aFileThatIsTooLongOrEmptyIsNotSent() throws IOException {
        Files.writeString(file, "k".repeat(4097));
        refuses("1 to 4096 bytes");
        requests.clear();
        Files.writeString(file, "");
        refuses("1 to 4096 bytes");
    }

    /** Such a key could not be sent, and a client's exception would quote it. */
    @ParameterizedTest
    @ValueSource(strings = {"two words", "two\nlines", "\n \n", "nul\0", "\u043a\u043b\u044e\u0447"})
    void aKeyThatNoHeaderCanHoldIsNotSent(String key) throws IOException {
        Files.writeString(file, key);
        refuses("one word of visible ASCII");
    }

    /** What the agent names stands in the exception and in a log line, on that line alone. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[2Jx",
                "a\tb",
                "%00",
                "..%2f..%2fetc",
                "file:///etc/shadow",
                "\\\\host\\share\\a.key",
                "~/a.key"
            })
    void aHostileNameIsRefusedOnOneLine(String named) {
        challenge = "Basic realm=" + named;
        assertThatThrownBy(() -> token())
                .cause()
                .isInstanceOf(CredentialException.class)
                .hasMessageContaining("must lie in " + folder)
                .extracting(Throwable::getMessage)
                .asString()
                .doesNotContainPattern("\\p{Cntrl}");
        assertThat(requests).as("no second request without a key").hasSize(1);
    }

    /** The folder's name leads elsewhere: only a name that stands in the folder itself counts, and a link in it is none. */
    @Test
    void aLinkInTheFolderIsNotFollowed() throws IOException {
        Path elsewhere = Files.createDirectories(machine.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("a1.key"), KEY);
        Files.createSymbolicLink(folder.resolve("sub"), elsewhere);
        challenge = "Basic realm=" + folder.resolve("sub").resolve("a1.key");
        refuses("must lie in");
    }

    @Test
    void theDocumentedFolderIsTheDefault() {
        challenge = "Basic realm=" + file;
        assertThatThrownBy(() -> AzureImds.managedIdentity(client(), "r")
                        .onAzureArc()
                        .build()
                        .current()
                        .join())
                .hasMessageContaining("must lie in " + Path.of("/var/opt/azcmagent/tokens"));
    }

    @Test
    void theLongestKeyIsSent() throws IOException {
        Files.writeString(file, KEY + " ".repeat(4096 - KEY.length()));
        assertThat(token().secret().value()).isEqualTo("token-of-arc");
    }

    @Test
    void aSecondChallengeIsFinal() throws IOException {
        Files.writeString(file, "another-key");
        assertThatThrownBy(() -> token()).hasMessageContaining("401");
        assertThat(requests).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer realm=\"x\"", "Basic", "Basic realm=", "Digest realm=\"x\", nonce=\"y\""})
    void aRefusalOfAnotherKindStaysOne(String other) {
        challenge = other;
        assertThatThrownBy(() -> token()).hasMessageContaining("401");
        assertThat(requests).hasSize(1);
    }

    @Test
    void onAVirtualMachineNoFileIsRead() {
        assertThatThrownBy(() -> AzureImds.managedIdentity(client(), "r")
                        .build()
                        .current()
                        .join())
                .hasMessageContaining("401");
        assertThat(requests).singleElement().asString().contains("api-version=2018-02-01");
    }
}
