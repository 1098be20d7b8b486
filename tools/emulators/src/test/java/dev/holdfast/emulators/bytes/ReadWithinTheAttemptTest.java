package dev.holdfast.emulators.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.holdfast.alibaba.AlibabaMetadata;
import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.credential.CachingCredentialSource;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialSource;
import dev.holdfast.core.credential.RequestSigner;
import dev.holdfast.core.credential.Secret;
import dev.holdfast.core.outcome.Attempt;
import dev.holdfast.core.outcome.CredentialException;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.ServiceException;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.service.ServiceClient;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.emulators.laws.RawServer;
import dev.holdfast.emulators.laws.RawServer.Talk;
import dev.holdfast.huawei.HuaweiMetadata;
import dev.holdfast.ibm.IbmVpcMetadata;
import dev.holdfast.jdk.HoldfastHttpClient;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Stream;
import okhttp3.Call;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A success whose body the library itself reads, and that breaks off, is empty or is no document, is a failed attempt and is repeated: in the
 * credential fetches of all vendors, and in the fetch of each adapter.
 */
class ReadWithinTheAttemptTest {
    @RegisterExtension
    final Bench bench = Bench.skipping();

    private record Source(
            String name, Service service, String good, Function<ServiceClient, CachingCredentialSource> made) {
        @Override
        public String toString() {
            return name;
        }
    }

    private record Bad(String name, Function<String, String> answer) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final String KEYS =
            "\"AccessKeyId\":\"STS.id\",\"AccessKeySecret\":\"key\",\"SecurityToken\":\"t0ken\",\"Expiration\":\"2199-01-01T00:00:00Z\"";

    private static final List<Source> SOURCES = List.of(
            new Source(
                    "azure managed identity",
                    AzureImds.SERVICE,
                    "{\"access_token\":\"t0ken\",\"expires_in\":\"3600\"}",
                    client -> AzureImds.managedIdentity(client, "https://management.azure.com/")
                            .build()),
            new Source(
                    "alibaba token",
                    AlibabaMetadata.SERVICE,
                    "t0ken",
                    client -> AlibabaMetadata.tokens(client).build()),
            new Source(
                    "alibaba role",
                    AlibabaMetadata.SERVICE,
                    "{\"Code\":\"Success\"," + KEYS + "}",
                    client -> AlibabaMetadata.roleCredentials(client, "role").build()),
            new Source(
                    "huawei token",
                    HuaweiMetadata.SERVICE,
                    "t0ken",
                    client -> HuaweiMetadata.tokens(client).build()),
            new Source(
                    "huawei key",
                    HuaweiMetadata.SERVICE,
                    "{\"credential\":{\"access\":\"id\",\"secret\":\"key\",\"securitytoken\":\"t0ken\",\"expires_at\":\"2199-01-01T00:00:00Z\"}}",
                    client -> HuaweiMetadata.securityKeys(client).build()),
            new Source(
                    "ibm identity token",
                    IbmVpcMetadata.SERVICE,
                    "{\"access_token\":\"t0ken\",\"expires_in\":300}",
                    client -> IbmVpcMetadata.identityTokens(client).build()),
            new Source(
                    "ibm IAM token",
                    IbmVpcMetadata.SERVICE,
                    "{\"access_token\":\"t0ken\",\"expires_in\":3600}",
                    client -> IbmVpcMetadata.iamTokens(client).build()));

    private static final List<Bad> BAD = List.of(
            new Bad("breaks off", good -> head(good.length()) + good.substring(0, good.length() / 2)),
            new Bad("breaks off in a chunk", good -> chunked(good.length()) + good.substring(0, 2)),
            new Bad("breaks off before its first byte", good -> head(good.length())),
            new Bad("is empty", good -> head(0)),
            new Bad("is a page", good -> head(28) + "<html><p>Starting</p></html>"),
            new Bad("is a page in one word", good -> head(14) + "<html>1</html>"),
            new Bad("is half a document", good -> head(8) + "{\"error\""));

    private static String head(int length) {
        return "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private static String chunked(int length) {
        return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(length) + "\r\n";
    }

    /** Each answer on a connection of its own, which ends with it. */
    private static Talk says(String answer) {
        return line -> {
            line.request();
            line.say(answer);
        };
    }

    private static Talk good(String body) {
        return says(head(body.length()) + body);
    }

    static Stream<Arguments> fetches() {
        return SOURCES.stream()
                .flatMap(source -> BAD.stream()
                        .flatMap(bad -> Stream.of(Adapter.OKHTTP_ENQUEUE, Adapter.JDK_SEND_ASYNC)
                                .map(adapter -> Arguments.of(source, bad, adapter))));
    }

    private CachingCredentialSource source(Source source, Adapter adapter, RawServer server) {
        Holdfast.Builder holdfast = bench.here(Holdfast.builder(source.service()))
                .endpoint(server.endpoint())
                .withoutBudget();
        if (source.name().equals("ibm IAM token")) {
            Credential identity = Credential.token(Secret.of("identity"), Duration.ofHours(1));
            holdfast.credentials(CredentialSource.fixed(identity, RequestSigner.bearer()));
        }
        return source.made().apply(adapter.serviceClient(bench, holdfast.build()));
    }

    @ParameterizedTest
    @MethodSource("fetches")
    void aCredentialIsAskedForAgain(Source source, Bad bad, Adapter adapter) throws Exception {
        try (RawServer server = new RawServer(says(bad.answer().apply(source.good())), good(source.good()))) {
            Credential fetched = source(source, adapter, server).current().get();
            assertThat(fetched).isNotNull();
            assertThat(server.requests()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OKHTTP_ENQUEUE", "JDK_SEND_ASYNC"})
    void theNameOfARoleIsAskedForAgain(Adapter adapter) throws Exception {
        String keys = "{\"Code\":\"Success\"," + KEYS + "}";
        try (RawServer server = new RawServer(good(""), says(head(9) + "ro"), good("role"), good(keys))) {
            Holdfast holdfast = bench.here(Holdfast.builder(AlibabaMetadata.SERVICE))
                    .endpoint(server.endpoint())
                    .build();
            AlibabaMetadata.roleCredentials(adapter.serviceClient(bench, holdfast))
                    .build()
                    .current()
                    .get();
            assertThat(server.requests()).isEqualTo(4);
        }
    }

    /** What stays bad ends with the attempts, and the exception has the sentence of the reader, and the outcome. */
    @ParameterizedTest
    @EnumSource(names = {"OKHTTP_ENQUEUE", "JDK_SEND_ASYNC"})
    void whatStaysEmptyEndsWithTheAttempts(Adapter adapter) throws Exception {
        try (RawServer server = new RawServer(good(""))) {
            Throwable thrown = catchThrowable(
                    () -> source(SOURCES.get(0), adapter, server).current().get());
            Throwable why = thrown.getCause();
            assertThat(why).isInstanceOf(CredentialException.class).hasStackTraceContaining("without a usable token");
            Outcome outcome = Outcome.of(why);
            assertThat(outcome.reason()).isEqualTo(StopReason.ATTEMPTS);
            assertThat(outcome.attempts()).hasSize(server.requests()).hasSizeGreaterThan(1);
            Attempt last = outcome.attempts().get(outcome.attempts().size() - 1);
            assertThat(last.decision().rule()).isEqualTo("fault/unusable-answer");
            assertThat(last.fault()).isEqualTo("CredentialException");
        }
    }

    private static String document(String text) throws IOException {
        if (!text.startsWith("{") || !text.endsWith("}")) {
            throw new EOFException("no document");
        }
        return text;
    }

    private static final BodyHandler<String> DOCUMENT =
            info -> BodySubscribers.mapping(BodySubscribers.ofString(StandardCharsets.UTF_8), text -> {
                try {
                    return document(text);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });

    private String fetch(Adapter adapter, RawServer server) throws Exception {
        Holdfast holdfast = bench.azure().endpoint(server.endpoint()).build();
        Call call = HoldfastOkHttp.wrap(bench.client, holdfast)
                .newCall(bench.get("/x")
                        .newBuilder()
                        .url(server.url(Bench.INSTANCE))
                        .build());
        HoldfastHttpClient jdk = HoldfastHttpClient.wrap(
                HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build(), holdfast);
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(server.url(Bench.INSTANCE))).build();
        try {
            return switch (adapter) {
                case OKHTTP_EXECUTE -> HoldfastOkHttp.fetch(call, body -> document(body.string()));
                case OKHTTP_ENQUEUE ->
                    HoldfastOkHttp.fetchAsync(call, body -> document(body.string()))
                            .get();
                case JDK_SEND -> jdk.fetch(request, DOCUMENT);
                case JDK_SEND_ASYNC -> jdk.fetchAsync(request, DOCUMENT).get();
            };
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    static Stream<Arguments> fetched() {
        return BAD.stream().flatMap(bad -> Stream.of(Adapter.values()).map(adapter -> Arguments.of(bad, adapter)));
    }

    @ParameterizedTest
    @MethodSource("fetched")
    void aFetchAsksAgain(Bad bad, Adapter adapter) throws Exception {
        String good = "{\"fine\":true}";
        try (RawServer server = new RawServer(says(bad.answer().apply(good)), good(good))) {
            assertThat(fetch(adapter, server)).isEqualTo(good);
            assertThat(server.requests()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheReaderRefusesAlwaysComesOutAsItWasThrown(Adapter adapter) throws Exception {
        try (RawServer server = new RawServer(good("page"))) {
            Throwable thrown = catchThrowable(() -> fetch(adapter, server));
            assertThat(thrown).isInstanceOf(EOFException.class).hasMessage("no document");
            assertThat(Outcome.of(thrown).attempts()).hasSize(server.requests()).hasSizeGreaterThan(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailureIsThrownAsBefore(Adapter adapter) throws Exception {
        try (RawServer server = new RawServer(says("HTTP/1.1 404 X\r\nContent-Length: 4\r\n\r\npage"))) {
            assertThat(catchThrowable(() -> fetch(adapter, server))).isInstanceOf(ServiceException.class);
        }
    }

    /** A write that may have been done is not repeated, however bad its answer. */
    @ParameterizedTest
    @EnumSource(names = {"OKHTTP_ENQUEUE", "JDK_SEND_ASYNC"})
    void aWriteIsNotRepeated(Adapter adapter) throws Exception {
        try (RawServer server = new RawServer(says(head(9) + "half"))) {
            Holdfast holdfast = bench.azure().endpoint(server.endpoint()).build();
            ServiceClient client = adapter.serviceClient(bench, holdfast);
            CompletableFuture<?> sent =
                    client.send(ServiceClient.Message.of("POST", URI.create(server.url("/metadata/unknown"))));
            Throwable thrown = catchThrowable(sent::get);
            assertThat(Outcome.of(thrown).reason()).isEqualTo(StopReason.NOT_REPEATABLE);
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    /** What cannot be asked, and what cannot be sent, is said by the future and shows nothing. */
    @ParameterizedTest
    @EnumSource(names = {"OKHTTP_ENQUEUE", "JDK_SEND_ASYNC"})
    void aMessageThatCannotBeSentIsRefusedByTheFuture(Adapter adapter) throws Exception {
        ServiceClient client = adapter.serviceClient(bench, bench.azure().build());
        for (String url : List.of("mailto:x", "http:///x", "javascript:1")) {
            assertThat(catchThrowable(client.send(ServiceClient.Message.of("GET", URI.create(url)))::get))
                    .hasCauseInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("http or https with a host");
        }
        ServiceClient.Message secret =
                ServiceClient.Message.of("GET", URI.create(bench.url("/x"))).header("Authorization", "SECRET\n");
        assertThat(catchThrowable(client.send(secret)::get))
                .hasCauseInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the value of Authorization")
                .hasMessageNotContaining("SECRET");
    }
}
