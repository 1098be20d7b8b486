package dev.holdfast.benchmarks;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import okio.Okio;

/** A client without a network: its last interceptor answers. The peers in shared notes were measured over the same. */
final class Canned implements Interceptor {
    /** The body of a VPC service's 503, 315 bytes. */
    static final String ERROR_BODY =
            "{\"errors\":[{\"code\":\"backend_service_unavailable\",\"message\":\"A backend service "
                    + "needed to fulfill the request is temporarily unavailable. Please retry later.\",\"more_info\":"
                    + "\"https://cloud.ibm.com/docs/vpc?topic=vpc-rias-error-messages#backend_service\"}],"
                    + "\"trace\":\"8d3a5c6e-43f1-4b1a-9d2e-0f6f1c2b3a4d\",\"status_code\":503}";

    static final Request REQUEST = new Request.Builder()
            .url("http://169.254.169.254/metadata/v1/instance?version=2022-03-01")
            .build();

    private static final MediaType JSON = MediaType.get("application/json");
    private static final ResponseBody OK_BODY = ResponseBody.create("{\"id\":\"0717-ab\"}", JSON);

    private static final byte[] BYTES = ERROR_BODY.getBytes(StandardCharsets.UTF_8);

    private final boolean failsFirst;
    private boolean failed;

    private Canned(boolean failsFirst) {
        this.failsFirst = failsFirst;
    }

    /** Every call succeeds. */
    static OkHttpClient.Builder succeeding() {
        return new OkHttpClient.Builder().addInterceptor(new Canned(false));
    }

    /** Every other call fails with a 503. */
    static OkHttpClient.Builder failingFirst() {
        return new OkHttpClient.Builder().addInterceptor(new Canned(true));
    }

    /** The bounds that a call through Holdfast has: one for an attempt. */
    static OkHttpClient withTimeout(OkHttpClient.Builder client) {
        return client.callTimeout(Duration.ofSeconds(10)).build();
    }

    /** Costs next to nothing unless it is read, and gives its buffer back when it is closed, as a body from the wire does. */
    private static BufferedSource unread() {
        return Okio.buffer(Okio.source(new ByteArrayInputStream(BYTES)));
    }

    @Override
    public Response intercept(Chain chain) {
        failed = failsFirst && !failed;
        Response.Builder answer = new Response.Builder()
                .request(chain.request())
                .protocol(Protocol.HTTP_1_1)
                .message("")
                .code(failed ? 503 : 200);
        return failed
                ? answer.header("Content-Type", "application/json")
                        .body(ResponseBody.create(unread(), JSON, BYTES.length))
                        .build()
                : answer.body(OK_BODY).build();
    }
}
