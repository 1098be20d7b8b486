package dev.holdfast.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Service;
import java.nio.charset.StandardCharsets;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A response that is made again from the copy that was kept says whether the copy is whole. */
class KeptCopyTest {
    @ParameterizedTest
    @CsvSource({"true, copy", "false, copy of the beginning"})
    void itNeverClaimsToBeWholeWhenItIsNot(boolean complete, String message) throws Exception {
        Service service = Service.builder("test/metadata")
                .baseUrl("http://169.254.169.254")
                .linkLocal()
                .build();
        HoldfastCallFactory calls = (HoldfastCallFactory) HoldfastOkHttp.wrap(
                new OkHttpClient(), Holdfast.builder(service).build());
        Request request = new Request.Builder().url("http://169.254.169.254/x").build();
        ResponseView kept = ResponseView.of(
                503, HeaderFields.of("Content-Type", "text/plain"), "half".getBytes(StandardCharsets.UTF_8), complete);

        try (Response copy = new OkHttpTransport(calls, request).rebuild(kept)) {
            assertThat(copy.message()).isEqualTo(message);
            assertThat(copy.code()).isEqualTo(503);
            assertThat(copy.body().string()).isEqualTo("half");
        }
    }
}
