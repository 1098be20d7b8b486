package dev.holdfast.testkit.signing;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialSource;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.service.ServiceClient;
import dev.holdfast.core.time.TimeSource;
import dev.holdfast.okhttp.HoldfastOkHttp;
import dev.holdfast.testkit.emulator.PromptSockets;
import dev.holdfast.testkit.emulator.ReceivedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Issues credentials as a test dictates: gives the answers that were queued, in their order, and keeps the requests. */
public final class IssuerServer implements AutoCloseable {
    private final MockWebServer server = new MockWebServer();
    private final OkHttpClient client = new OkHttpClient();
    private final Service service;

    /**
     * Starts a server on the loopback address.
     *
     * @param service the service that issues the credentials
     * @throws UncheckedIOException if no port is free
     */
    public IssuerServer(Service service) {
        this.service = service;
        server.setServerSocketFactory(new PromptSockets());
        try {
            server.start(InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1}), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns what a credential source asks the service with: one attempt a call.
     *
     * @return a client of the service, at this server
     */
    public ServiceClient client() {
        return HoldfastOkHttp.serviceClient(
                client,
                Holdfast.builder(service)
                        .endpoint(server.url("/").uri())
                        .maxAttempts(1)
                        .build());
    }

    /**
     * Queues an answer.
     *
     * @param status its status
     * @param body its body
     * @param headers name and value of each header in turn
     */
    public void answer(int status, String body, String... headers) {
        MockResponse.Builder response = new MockResponse.Builder().code(status).body(body);
        for (int i = 0; i < headers.length; i += 2) {
            response.setHeader(headers[i], headers[i + 1]);
        }
        server.enqueue(response.build());
    }

    /**
     * Returns the next request that the server has received, and waits for the request for at most 10 s.
     *
     * @return the request
     * @throws InterruptedException if the thread is interrupted
     * @throws AssertionError if there is none within 10 s
     */
    public ReceivedRequest request() throws InterruptedException {
        RecordedRequest request = server.takeRequest(10, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError(
                    "expected one more request within 10 s, but received " + server.getRequestCount() + " in all");
        }
        String[] pairs = new String[request.getHeaders().size() * 2];
        for (int i = 0; i < pairs.length; i += 2) {
            pairs[i] = request.getHeaders().name(i / 2);
            pairs[i + 1] = request.getHeaders().value(i / 2);
        }
        return new ReceivedRequest(
                request.getMethod(),
                request.getTarget(),
                HeaderFields.of(pairs),
                TimeSource.system().now());
    }

    /**
     * Returns how many requests were received.
     *
     * @return the number since the start
     */
    public int requestCount() {
        return server.getRequestCount();
    }

    /**
     * Returns a source's current credential, and waits for the credential for at most 10 s.
     *
     * @param source the source
     * @return the credential
     * @throws ExecutionException if there is none; the cause says why
     * @throws InterruptedException if the thread is interrupted
     * @throws TimeoutException if the source takes longer than 10 s
     */
    public static Credential now(CredentialSource source)
            throws ExecutionException, InterruptedException, TimeoutException {
        return source.current().get(10, TimeUnit.SECONDS);
    }

    /**
     * Applies a credential to a request without a body and returns one of the request's headers.
     *
     * @param source the credential's source
     * @param credential the credential
     * @param header the header's name
     * @return the header's value, or null if the request goes without
     */
    public @Nullable String applied(CredentialSource source, Credential credential, String header) {
        AttemptView view = new AttemptView("GET", service.baseUrl(), Map.of(), "");
        source.apply(credential, view);
        return view.header(header);
    }

    @Override
    public void close() {
        server.close();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
