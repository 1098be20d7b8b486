package dev.holdfast.emulators.doors;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.azure.AzureVmInspector;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.service.ServiceClient;
import dev.holdfast.jdk.HoldfastHttpClient;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** An application in a container: its classes and Holdfast's come from a loader of their own, its HTTP clients from the container's. */
public final class AgentOfItsOwnLoader {
    private AgentOfItsOwnLoader() {}

    /** Makes calls that wait, are renewed, refused and probed, at both adapters; leaves nothing open. */
    public static void run(URI endpoint, OkHttpClient okHttp, HttpClient jdk) throws Exception {
        Holdfast imds = Holdfast.builder(AzureImds.SERVICE)
                .endpoint(endpoint)
                .backoff(Pace.TRANSIENT, Backoff.fixed(Duration.ofMillis(1)))
                .limits("identity", Limits.NONE.concurrency(1))
                .build();
        calls(endpoint, imds, okHttp, jdk);
        Function<Holdfast, ServiceClient> clients = holdfast -> HoldfastOkHttp.serviceClient(okHttp, holdfast);
        Holdfast arm = AzureVmInspector.chain("AzurePublicCloud")
                .metadata(it -> it.endpoint(endpoint))
                .service(it -> it.endpoint(endpoint).backoff(Pace.TRANSIENT, Backoff.fixed(Duration.ofMillis(1))))
                .over(clients);
        calls(endpoint, arm, okHttp, jdk);
        arm.credentials().close();
        // Idle connections of a pool that outlives the application keep sockets that the adapter made.
        okHttp.connectionPool().evictAll();
        endIdleThreadsAtOnce();
    }

    private static void calls(URI endpoint, Holdfast holdfast, OkHttpClient okHttp, HttpClient jdk) throws Exception {
        Request request = new Request.Builder()
                .url(endpoint + "/metadata/instance?api-version=2021-02-01")
                .build();
        Call.Factory calls = HoldfastOkHttp.wrap(okHttp, holdfast);
        calls.newCall(request).execute().close();
        CompletableFuture<Void> ended = new CompletableFuture<>();
        calls.newCall(request).enqueue(new Callback() {
            @Override
            public void onFailure(Call call, IOException e) {
                ended.completeExceptionally(e);
            }

            @Override
            public void onResponse(Call call, Response response) {
                response.close();
                ended.complete(null);
            }
        });
        ended.join();
        HoldfastOkHttp.probe(okHttp, holdfast);
        HttpClient wrapped = HoldfastHttpClient.wrap(jdk, holdfast);
        HttpRequest get = HttpRequest.newBuilder(request.url().uri()).build();
        wrapped.send(get, BodyHandlers.ofString());
        wrapped.sendAsync(get, BodyHandlers.ofString()).join();
    }

    /** The timer and the workers end after a minute without a task; here after a millisecond. */
    private static void endIdleThreadsAtOnce() throws ReflectiveOperationException {
        shorten(Class.forName("dev.holdfast.core.time.SharedTimer$Holder"), "POOL");
        shorten(Class.forName("dev.holdfast.jdk.Threads"), "LATER");
    }

    private static void shorten(Class<?> holder, String name) throws ReflectiveOperationException {
        Field field = holder.getDeclaredField(name);
        field.setAccessible(true);
        ((ThreadPoolExecutor) (Executor) field.get(null)).setKeepAliveTime(1, TimeUnit.MILLISECONDS);
    }
}
