package dev.holdfast.emulators.connections;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.jdk.HoldfastHttpClient;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** A process of its own, because routes belong to a network namespace: asks each address once, and prints what it makes of the fault. */
final class AgentWithoutARoute {
    private static final String PATH = "/metadata/instance?api-version=2021-02-01";

    private AgentWithoutARoute() {}

    public static void main(String[] addresses) {
        OkHttpClient okHttp = new OkHttpClient();
        HttpClient jdk =
                HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
        for (String address : addresses) {
            Holdfast holdfast = Holdfast.builder(AzureImds.SERVICE)
                    .endpoint(URI.create("http://" + address))
                    .maxAttempts(1)
                    .build();
            String url = "http://" + address + PATH;
            say(
                    address,
                    "okhttp",
                    HoldfastOkHttp.probe(okHttp, holdfast),
                    () -> HoldfastOkHttp.wrap(okHttp, holdfast)
                            .newCall(new Request.Builder().url(url).build())
                            .execute());
            HoldfastHttpClient client = HoldfastHttpClient.wrap(jdk, holdfast);
            say(
                    address,
                    "jdk",
                    client.probe(),
                    () -> client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString()));
        }
    }

    private interface Call {
        Object make() throws IOException, InterruptedException;
    }

    private static void say(String address, String adapter, Object presence, Call call) {
        try {
            System.out.println(address + " " + adapter + " " + call.make());
        } catch (IOException e) {
            Decision decision = Outcome.of(e).decision();
            System.out.println(address + " " + adapter + " " + presence + " " + decision.rule() + " processed "
                    + decision.processed());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
