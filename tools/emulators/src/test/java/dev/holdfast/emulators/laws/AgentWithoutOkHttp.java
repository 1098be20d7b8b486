package dev.holdfast.emulators.laws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.alibaba.AlibabaSlb;
import dev.holdfast.azure.AzureImds;
import dev.holdfast.azure.AzureVmInspector;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.huawei.HuaweiIMetal;
import dev.holdfast.ibm.IbmVpcMetadata;
import dev.holdfast.jdk.HoldfastHttpClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** An agent that has neither OkHttp nor Kotlin on its class path; its own test starts it in a JVM of its own. */
public final class AgentWithoutOkHttp {
    private AgentWithoutOkHttp() {}

    /** Decides about an answer, then makes two calls; ends with 0 if all of it went well. */
    public static void main(String[] arguments) throws Exception {
        for (String name : new String[] {"okhttp3.OkHttpClient", "okio.Buffer", "kotlin.Unit"}) {
            System.out.println(name + " " + (isThere(name) ? "is there" : "is absent"));
        }
        Decision decision = AzureImds.SERVICE.decide(
                ResponseView.of(
                        404, HeaderFields.empty(), "{\"error\":\"/metadata/loadbalancer is not currently available\"}"),
                RequestView.of("GET", Bench.LOAD_BALANCER));
        System.out.println(decision.verdict().id() + " by " + decision.rule());

        AtomicInteger requests = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = "{\"error\":\"x\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(requests.incrementAndGet() % 2 == 1 ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/identity/v1/token", exchange -> answer(exchange, 200));
        server.createContext("/metadata/v1/", exchange -> {
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            answer(exchange, "Bearer token-of-the-chain".equals(authorization) ? 200 : 401);
        });
        server.start();
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try {
            call(endpoint);
            callTheChain(endpoint);
        } finally {
            server.stop(0);
        }
        System.out.println(requests + " requests");
        chains();
        System.exit(requests.get() == 4 ? 0 : 1);
    }

    private static void call(URI endpoint) throws Exception {
        Holdfast holdfast = Holdfast.builder(AzureImds.SERVICE)
                .endpoint(endpoint)
                .backoff(Pace.TRANSIENT, Backoff.fixed(Duration.ZERO))
                .build();
        HttpClient client = HoldfastHttpClient.wrap(
                HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build(), holdfast);
        HttpRequest request = HttpRequest.newBuilder(endpoint.resolve("/metadata/instance?api-version=2021-02-01"))
                .build();
        tell("send", client.send(request, BodyHandlers.ofString()));
        tell("sendAsync", client.sendAsync(request, BodyHandlers.ofString()).get());
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        byte[] body = "{\"access_token\":\"token-of-the-chain\",\"expires_in\":300}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static void callTheChain(URI endpoint) throws Exception {
        HttpClient client = HoldfastHttpClient.wrap(
                HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build(),
                IbmVpcMetadata.chain().metadata(it -> it.endpoint(endpoint)).service(it -> it.endpoint(endpoint)));
        HttpRequest request = HttpRequest.newBuilder(endpoint.resolve("/metadata/v1/instance?version=2025-08-26"))
                .build();
        tell("chain", client.send(request, BodyHandlers.ofString()));
    }

    private static void chains() {
        HttpClient plain = HttpClient.newBuilder()
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
        Holdfast.Chain[] chains = {
            AlibabaSlb.chain("cn-hangzhou"),
            AzureVmInspector.chain("AzurePublicCloud"),
            HuaweiIMetal.chain("cn-east-3"),
            IbmVpcMetadata.chain()
        };
        for (Holdfast.Chain chain : chains) {
            System.out.println(
                    "a chain over " + HoldfastHttpClient.wrap(plain, chain).version());
        }
    }

    private static void tell(String how, HttpResponse<String> response) {
        int attempts = HoldfastHttpClient.outcomeOf(response).attempts().size();
        System.out.println(how + " " + response.statusCode() + " after " + attempts + " attempts");
    }

    private static boolean isThere(String name) {
        try {
            Class.forName(name);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
