package agent;

import com.sun.net.httpserver.HttpServer;
import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.ServiceProvider;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Decides about a response, lists the services, and makes a call through OkHttp that has to be repeated. */
public final class Agent {
    public static void main(String[] arguments) throws Exception {
        Module module = Agent.class.getModule();
        System.out.println("module " + module.getName() + ", core in " + Holdfast.class.getModule().getName());
        System.out.println("java.net.http is " + (isThere("java.net.http.HttpClient") ? "there" : "absent"));
        Decision decision = AzureImds.SERVICE.decide(
                ResponseView.of(
                        404, HeaderFields.empty(), "{\"error\":\"/metadata/loadbalancer is not currently available\"}"),
                RequestView.of("GET", "/metadata/loadbalancer"));
        System.out.println(decision.verdict().id() + " by " + decision.rule());
        System.out.println("rows " + !AzureImds.SERVICE.catalogue().rows().isEmpty());
        for (ServiceProvider provider : ServiceLoader.load(ServiceProvider.class)) {
            System.out.println("loader finds " + provider.vendor());
        }
        ServiceProvider.all().forEach(provider -> System.out.println("core finds " + provider.vendor()));
        System.out.println("call " + call());
        // OkHttp's own threads stay for a minute.
        System.exit(0);
    }

    private static String call() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(requests.incrementAndGet() == 1 ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        Holdfast holdfast = Holdfast.builder(AzureImds.SERVICE)
                .endpoint(endpoint)
                .backoff(Pace.TRANSIENT, Backoff.fixed(Duration.ZERO))
                .build();
        Request request = new Request.Builder().url(endpoint + "/metadata/instance").build();
        try (Response response =
                HoldfastOkHttp.wrap(new OkHttpClient(), holdfast).newCall(request).execute()) {
            return response.code() + " after " + requests + " requests";
        } finally {
            server.stop(0);
        }
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
