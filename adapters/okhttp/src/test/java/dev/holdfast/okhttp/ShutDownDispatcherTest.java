package dev.holdfast.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.time.VirtualTime;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** A dispatcher whose executor was shut down never works again, so a call through it is not repeated. */
class ShutDownDispatcherTest {
    @Test
    void itsRefusalIsNoFaultToRetry() {
        VirtualTime time = VirtualTime.skipping();
        Service service = Service.builder("test/metadata")
                .baseUrl("http://169.254.169.254")
                .linkLocal()
                .build();
        Holdfast holdfast = Holdfast.builder(service)
                .endpoint(URI.create("http://127.0.0.1:1"))
                .timeSource(time)
                .scheduler(time)
                .maxAttempts(3)
                .build();
        OkHttpClient client = new OkHttpClient();
        client.dispatcher().executorService().shutdown();
        Request request = new Request.Builder().url("http://169.254.169.254/x").build();

        CompletableFuture<Response> ended =
                HoldfastOkHttp.send(HoldfastOkHttp.wrap(client, holdfast).newCall(request));

        Throwable thrown = catchThrowable(ended::get);
        assertThat(thrown).hasStackTraceContaining("executor rejected");
        assertThat(Outcome.of(thrown).attempts()).hasSizeLessThanOrEqualTo(1);
        assertThat(time.elapsed()).as("waits before another attempt").isZero();
        time.shutDown();
    }
}
