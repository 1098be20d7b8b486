package dev.holdfast.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.time.TimeSource;
import dev.holdfast.core.time.VirtualTime;
import dev.holdfast.okhttp.HoldfastOkHttp;
import dev.holdfast.testkit.fifth.OracleCompute;
import dev.holdfast.testkit.fifth.OracleComputeEmulator;
import dev.holdfast.testkit.junit.HoldfastExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A vendor outside of this repository writes an emulator with what the kit offers, and no more. */
@Timeout(30)
class HttpEmulatorTest {
    private static final String INSTANCES = "https://iaas.eu-frankfurt-1.oraclecloud.com/20160918/instances";

    @RegisterExtension
    final HoldfastExtension<OracleComputeEmulator> holdfast =
            new HoldfastExtension<>(OracleCompute.in("eu-frankfurt-1"), OracleComputeEmulator::new);

    private final OkHttpClient client = new OkHttpClient();

    private int status(Holdfast policy, String query) throws IOException {
        Request request = new Request.Builder().url(INSTANCES + query).build();
        try (Response response =
                HoldfastOkHttp.wrap(client, policy).newCall(request).execute()) {
            return response.code();
        }
    }

    @Test
    void playsScenariosInTheServicesOwnWords(OracleComputeEmulator compute, Holdfast.Builder builder) throws Exception {
        compute.play(Scenario.throttle(1).then(Scenario.unavailable(1)).then(Scenario.dropConnection(1)));
        assertThat(status(builder.build(), "?compartmentId=1")).isEqualTo(200);
        assertThat(compute.scenariosPlayed()).isTrue();
        assertThat(compute.requests())
                .hasSize(4)
                .allSatisfy(request -> assertThat(request.target()).endsWith("instances?compartmentId=1"));
        assertThat(compute.requestCount()).isEqualTo(4);
        assertThat(compute.tokenRequestCount()).isZero();
    }

    @Test
    void readsParametersAndWritesDocuments(Holdfast.Builder builder) throws Exception {
        assertThat(status(builder.build(), "")).isEqualTo(400);
    }

    @Test
    void keepsItsLimitByItsClock() throws Exception {
        VirtualTime time = VirtualTime.manual();
        RateLimits limits = new RateLimits(time, 2);
        assertThat(List.of(limits.admit(), limits.admit(), limits.admit())).containsExactly(true, true, false);
        time.advance(Duration.ofMillis(999));
        assertThat(limits.admit()).isFalse();
        time.advance(Duration.ofMillis(1));
        assertThat(limits.admit()).isTrue();
        limits.switchOff();
        assertThat(List.of(limits.admit(), limits.admit(), limits.admit())).containsOnly(true);
        assertThatThrownBy(() -> new RateLimits(time, 0)).hasMessageContaining("most must be 1 or more, but is 0");
    }

    @Test
    void isFoundByItsServicesId() {
        assertThat(Emulators.ids()).containsExactly("oracle/compute");
        try (Emulator found = Emulators.of("oracle/compute", TimeSource.system())) {
            assertThat(found).isInstanceOf(OracleComputeEmulator.class);
            assertThat(found.examples()).isEmpty();
        }
        assertThatThrownBy(() -> Emulators.of("oracle/storage", TimeSource.system()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"oracle/storage\" cannot be emulated; there are oracle/compute");
    }

    @Test
    void putsUpWithADoubledSlash() {
        EmulatedRequest request = EmulatedRequest.of(
                "GET", "//metadata/x/?a=%20b&a=c&d", HeaderFields.of("Authorization", "bearer  t "), "");
        assertThat(request.path()).isEqualTo("/metadata/x");
        assertThat(request.parameter("a")).isEqualTo(" b");
        assertThat(request.hasDuplicates()).isTrue();
        assertThat(request.parameter("d")).isEmpty();
        assertThat(request.parameter("e")).isNull();
        assertThat(request.bearer()).isEqualTo("t");
        assertThat(request.under("/metadata")).isTrue();
        assertThat(request.under("/meta")).isFalse();
        assertThat(request.isForwarded()).isFalse();
    }
}
