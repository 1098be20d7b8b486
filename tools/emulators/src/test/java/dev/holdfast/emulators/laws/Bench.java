package dev.holdfast.emulators.laws;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.time.VirtualTime;
import dev.holdfast.okhttp.HoldfastOkHttp;
import dev.holdfast.testkit.emulator.PromptSockets;
import dev.holdfast.testkit.junit.LeakCheck;
import java.net.URI;
import java.util.function.UnaryOperator;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What every law test stands on: a server on a real socket, a client of its own, a clock that skips waits, and a look for leaks at the end. */
public final class Bench implements BeforeEachCallback, AfterEachCallback {
    public static final String INSTANCE = "/metadata/instance?api-version=2021-02-01";
    public static final String TOKEN = "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=x";
    public static final String LOAD_BALANCER = "/metadata/loadbalancer?api-version=2020-10-01";

    /** Made once: its TLS set-up takes longer than a test. */
    private static final OkHttpClient ROOT = new OkHttpClient();

    private final boolean manual;
    private final LeakCheck leaks = new LeakCheck();
    public MockWebServer server;
    public Script script;
    public VirtualTime time;
    public OkHttpClient client;

    private Bench(boolean manual) {
        this.manual = manual;
    }

    public static Bench skipping() {
        return new Bench(false);
    }

    public static Bench manual() {
        return new Bench(true);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        time = leaks.watch(manual ? VirtualTime.manual() : VirtualTime.skipping());
        server = new MockWebServer();
        server.setServerSocketFactory(new PromptSockets());
        script = new Script();
        server.setDispatcher(script);
        server.start();
        client = client(builder -> builder);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        try {
            leaks.afterEach(context);
        } finally {
            script.release();
            server.close();
            client.dispatcher().executorService().shutdown();
        }
    }

    public OkHttpClient client(UnaryOperator<OkHttpClient.Builder> change) {
        Dispatcher dispatcher = client == null ? new Dispatcher() : client.dispatcher();
        ConnectionPool pool = client == null ? new ConnectionPool() : client.connectionPool();
        return leaks.watch(change.apply(ROOT.newBuilder().dispatcher(dispatcher).connectionPool(pool))
                .build());
    }

    /** Azure's service on this bench's server, clock and seed. */
    /** With open limiters and without a budget: what those do is shown in tests of their own. */
    public Holdfast.Builder azure() {
        return here(Holdfast.builder(AzureImds.SERVICE))
                .limits("default", Limits.NONE)
                .limits("identity", Limits.NONE)
                .withoutBudget();
    }

    public Holdfast.Builder here(Holdfast.Builder preset) {
        return preset.endpoint(endpoint()).timeSource(time).scheduler(time).random(Randomness.seeded(42));
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    public String url(String target) {
        return endpoint() + target;
    }

    public Request get(String target) {
        return new Request.Builder().url(url(target)).build();
    }

    public Call.Factory wrap(Holdfast.Builder holdfast) {
        return HoldfastOkHttp.wrap(client, holdfast.build());
    }

    public Call call(Holdfast.Builder holdfast, Request request) {
        return wrap(holdfast).newCall(request);
    }

    public Call call(Holdfast.Builder holdfast) {
        return call(holdfast, get(INSTANCE));
    }

    public Bench answers(MockResponse... responses) {
        script.add(responses);
        return this;
    }

    public int requests() {
        return server.getRequestCount();
    }

    public static MockResponse.Builder answer(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("Server", "IMDS/150.870.65.1854")
                .addHeader("Content-Type", "application/json; charset=utf-8")
                .body(body);
    }

    public static MockResponse status(int status) {
        return answer(status, "{\"error\":\"some sentence\"}").build();
    }

    public static MockResponse ok() {
        return answer(200, "{\"fine\":true}").build();
    }

    /** Never comes: the client has to give up first. */
    public static MockResponse stalled() {
        return answer(200, "late").onResponseStart(SocketEffect.Stall.INSTANCE).build();
    }
}
