package dev.holdfast.emulators.laws;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.azure.AzureVmInspector;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.service.Service;
import dev.holdfast.jdk.HoldfastHttpClient;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** An agent in a JVM of its own, whose environment and properties name proxies; its test starts it. */
public final class AgentBehindAProxy {
    private AgentBehindAProxy() {}

    /** Asks a link-local service and a control service, each by both clients, and prints what came. */
    public static void main(String[] arguments) throws Exception {
        URI endpoint = URI.create(arguments[0]);
        for (Service service : List.of(AzureImds.SERVICE, AzureVmInspector.SERVICE)) {
            Holdfast holdfast =
                    Holdfast.builder(service).endpoint(endpoint).maxAttempts(1).build();
            System.out.println(service.id() + " okhttp " + okhttp(endpoint, holdfast));
            System.out.println(service.id() + " jdk " + jdk(endpoint, holdfast));
        }
        System.exit(0);
    }

    private static String okhttp(URI endpoint, Holdfast holdfast) {
        Request request = new Request.Builder().url(endpoint + "/x").build();
        try (Response response = HoldfastOkHttp.wrap(new OkHttpClient(), holdfast)
                .newCall(request)
                .execute()) {
            return response.body().string();
        } catch (Exception e) {
            return e.getClass().getSimpleName();
        }
    }

    private static String jdk(URI endpoint, Holdfast holdfast) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(endpoint.resolve("/x")).build();
        try {
            return HoldfastHttpClient.wrap(HttpClient.newHttpClient(), holdfast)
                    .send(request, BodyHandlers.ofString())
                    .body();
        } catch (IOException | IllegalArgumentException e) {
            return e.getClass().getSimpleName();
        }
    }
}
