package dev.holdfast.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.service.Service;
import java.net.URI;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** One factory makes calls of many kinds to one address, and each goes out as itself. */
class OneFactoryTest {
    private static final String ADDRESS = "http://169.254.169.254/metadata/token";

    @Test
    void aPutAfterAGetToTheSameAddressIsAPut() throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            server.start();
            server.enqueue(new MockResponse.Builder().body("got").build());
            server.enqueue(new MockResponse.Builder().body("put").build());
            Service service = Service.builder("test/metadata")
                    .baseUrl("http://169.254.169.254")
                    .linkLocal()
                    .build();
            Holdfast holdfast = Holdfast.builder(service)
                    .endpoint(URI.create("http://127.0.0.1:" + server.getPort()))
                    .build();
            OkHttpClient client = new OkHttpClient();
            Call.Factory calls = HoldfastOkHttp.wrap(client, holdfast);
            Request get =
                    new Request.Builder().url(ADDRESS).header("X-Kind", "read").build();
            Request put = new Request.Builder()
                    .url(ADDRESS)
                    .header("X-Kind", "write")
                    .put(RequestBody.create("new", null))
                    .build();

            assertThat(sent(calls, get, server)).isEqualTo("GET read ");
            assertThat(sent(calls, put, server)).isEqualTo("PUT write new");
            client.dispatcher().executorService().shutdown();
        }
    }

    private static String sent(Call.Factory calls, Request request, MockWebServer server) throws Exception {
        try (Response response = calls.newCall(request).execute()) {
            assertThat(response.code()).isEqualTo(200);
        }
        RecordedRequest seen = server.takeRequest();
        String body = seen.getBody() == null ? "" : seen.getBody().utf8();
        return seen.getMethod() + " " + seen.getHeaders().get("X-Kind") + " " + body;
    }
}
