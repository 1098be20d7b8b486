package example.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.service.ServiceClient;
import dev.holdfast.core.time.TimeSource;
import dev.holdfast.okhttp.HoldfastOkHttp;
import dev.holdfast.testkit.emulator.HttpEmulator;
import dev.holdfast.testkit.emulator.Scenario;
import dev.holdfast.testkit.junit.ServiceContract;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

class AwsImdsTest extends ServiceContract {
    @Override
    protected Service service() {
        return AwsImds.SERVICE;
    }

    @Override
    protected Map<String, String> requests() {
        return Map.of("token", "PUT /latest/api/token", "metadata", "GET /latest/meta-data/instance-id");
    }

    @Override
    protected ResponseView render(int status, String code, String message) {
        return ResponseView.of(status, HeaderFields.of("Server", "EC2ws"), "<title>" + message + "</title>");
    }

    @Test
    void aRefusedTokenIsRenewedOnce() {
        OkHttpClient http = new OkHttpClient();
        try (HttpEmulator<?> imds = HttpEmulator.of(TimeSource.system(), new EmulatedImds()).start()) {
            Holdfast plain = Holdfast.builder(AwsImds.SERVICE).endpoint(imds.url()).build();
            try (var tokens = AwsImds.tokens(HoldfastOkHttp.serviceClient(http, plain))) {
                Holdfast signed = plain.toBuilder().credentials(tokens).build();
                ServiceClient client = HoldfastOkHttp.serviceClient(http, signed);
                ServiceClient.Message read = ServiceClient.Message.of("GET", client.url("/latest/meta-data/instance-id"));
                client.send(read).join();
                imds.play(Scenario.credentialsExpired());
                assertEquals("i-0123456789", new String(client.send(read).join().body()));
                assertEquals(2, imds.tokenRequestCount());
            }
        }
    }
}
