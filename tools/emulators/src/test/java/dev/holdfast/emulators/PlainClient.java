package dev.holdfast.emulators;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.testkit.emulator.Emulator;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A client without Holdfast, to see what the emulator sends. */
public final class PlainClient {
    public static final String VERSION = "api-version=2021-02-01";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Emulator emulator;

    public PlainClient(Emulator emulator) {
        this.emulator = emulator;
    }

    public HttpResponse<String> get(String target) throws IOException, InterruptedException {
        return client.send(request(target).build(), BodyHandlers.ofString());
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    public CompletableFuture<HttpResponse<String>> later(String target) {
        return client.sendAsync(request(target).build(), BodyHandlers.ofString());
    }

    public HttpResponse<String> method(String method, String target, String body)
            throws IOException, InterruptedException {
        return send(request(target)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    public HttpRequest.Builder request(String target) {
        return bare(target).header("Metadata", "true");
    }

    public HttpRequest.Builder bare(String target) {
        return HttpRequest.newBuilder(emulator.url().resolve(target)).timeout(Duration.ofMinutes(5));
    }

    public static JsonNode json(HttpResponse<String> response) throws IOException {
        return new ObjectMapper().readTree(response.body());
    }
}
