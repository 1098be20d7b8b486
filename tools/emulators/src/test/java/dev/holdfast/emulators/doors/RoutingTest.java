package dev.holdfast.emulators.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.alibaba.AlibabaMetadata;
import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.outcome.HostRefusedException;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.service.Service;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.huawei.HuaweiMetadata;
import dev.holdfast.ibm.IbmVpcMetadata;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.util.List;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One factory for several clouds: three of the four use one link-local address, so the path tells them apart. */
class RoutingTest {
    @RegisterExtension
    final Bench bench = Bench.skipping();

    private Call call(String url) {
        List<Holdfast> clouds = List.of(
                here(IbmVpcMetadata.SERVICE),
                here(AzureImds.SERVICE),
                here(HuaweiMetadata.SERVICE),
                here(AlibabaMetadata.SERVICE));
        return HoldfastOkHttp.wrap(bench.client, clouds)
                .newCall(new Request.Builder().url(url).build());
    }

    private Holdfast here(Service service) {
        return bench.here(Holdfast.builder(service)).build();
    }

    @ParameterizedTest
    @CsvSource({
        "http://169.254.169.254/metadata/v1/instance?version=2025-08-26, ibm/vpc-metadata, metadata",
        "http://169.254.169.254/metadata/instance?api-version=2021-02-01, azure/imds, instance",
        "http://169.254.169.254/metadata/identity/oauth2/token?resource=x, azure/imds, identity",
        "http://169.254.169.254/openstack/latest/securitykey, huawei/metadata, securitykey",
        "http://169.254.169.254/openstack/latest/meta_data.json, huawei/metadata, metadata",
        "http://100.100.100.200/latest/meta-data/instance-id, alibaba/metadata, metadata"
    })
    void pathAndHostTellTheServicesApart(String url, String service, String operation) throws Exception {
        bench.answers(Bench.ok());
        try (Response response = call(url).execute()) {
            Outcome outcome = HoldfastOkHttp.outcomeOf(response);
            assertThat(outcome.service()).isEqualTo(service);
            assertThat(outcome.operation()).isEqualTo(operation);
        }
        assertThat(bench.requests()).isOne();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRequestThatNoServiceKnowsIsRefusedAndNotSent(boolean async) {
        Adapter.Reply reply = Adapter.reply(call("http://198.51.100.7/metadata/instance"), async);
        assertThat(reply.thrown()).isInstanceOf(HostRefusedException.class).hasMessageContaining("198.51.100.7");
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.HOST_REFUSED);
        assertThat(reply.outcome().attempts()).isEmpty();
        assertThat(bench.requests()).isZero();
    }

    @Test
    void eachServiceDecidesInItsOwnLanguage() throws Exception {
        bench.answers(Bench.status(410), Bench.ok());
        try (Response response =
                call("http://169.254.169.254/metadata/instance").execute()) {
            Outcome outcome = HoldfastOkHttp.outcomeOf(response);
            assertThat(outcome.attempts()).hasSize(2);
            assertThat(outcome.attempts().get(0).decision().rule()).startsWith("azure/imds");
        }
    }

    @Test
    void noServiceAtAllIsNoFactory() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HoldfastOkHttp.wrap(bench.client, List.of()))
                .withMessage("holdfasts must hold one at least, but is empty");
    }
}
