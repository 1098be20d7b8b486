package dev.holdfast.emulators.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.alibaba.AlibabaMetadata;
import dev.holdfast.azure.AzureImds;
import dev.holdfast.azure.AzureVmInspector;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.service.ServiceClient;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Adapter.Reply;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.huawei.HuaweiMetadata;
import dev.holdfast.ibm.IbmVpcMetadata;
import java.util.List;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A login page or a firewall's page comes with 200. From a link-local service it is no success. */
class PageBehindSuccessTest {
    private static final String PAGE =
            "<!DOCTYPE html><html><head><title>Web Filter</title></head><body>Blocked</body></html>";

    @RegisterExtension
    final Bench bench = Bench.skipping();

    private static MockResponse answer(String type, String body) {
        return new MockResponse.Builder()
                .addHeader("Content-Type", type)
                .body(body)
                .build();
    }

    private Reply call(Adapter adapter, Service service) throws Exception {
        Holdfast holdfast =
                bench.here(Holdfast.builder(service)).withoutBudget().build();
        return adapter.call(bench, holdfast, Ask.get("/latest/x"));
    }

    @ParameterizedTest
    @EnumSource
    void onePageThatPassesIsRepeated(Adapter adapter) throws Exception {
        for (Service service : List.of(IbmVpcMetadata.SERVICE, HuaweiMetadata.SERVICE)) {
            bench.answers(answer("text/html; charset=utf-8", PAGE), answer("application/json", "{}"));
            Reply reply = call(adapter, service);
            assertThat(reply.body()).as(service.id()).isEqualTo("{}");
            assertThat(reply.outcome().attempts()).hasSize(2);
            assertThat(reply.outcome().attempts().get(0).decision().kind()).isEqualTo(ErrorKind.INTERMEDIARY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPageThatStaysIsNoSuccess(Adapter adapter) throws Exception {
        bench.script.always(answer("TEXT/HTML", PAGE));
        for (Service service :
                List.of(AzureImds.SERVICE, IbmVpcMetadata.SERVICE, HuaweiMetadata.SERVICE, AlibabaMetadata.SERVICE)) {
            Reply reply = call(adapter, service);
            assertThat(reply.outcome().reason()).as(service.id()).isIn(StopReason.ATTEMPTS, StopReason.FAILED);
            assertThat(reply.outcome().decision().kind()).isEqualTo(ErrorKind.INTERMEDIARY);
            assertThat(reply.body()).as("what came is handed out").isEqualTo(PAGE);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OKHTTP_EXECUTE", "JDK_SEND"})
    void aFetchFailsWithIt(Adapter adapter) {
        bench.script.always(answer("text/html", PAGE));
        ServiceClient client = adapter.serviceClient(
                bench,
                bench.here(Holdfast.builder(IbmVpcMetadata.SERVICE))
                        .withoutBudget()
                        .build());
        assertThatThrownBy(() -> client.send(ServiceClient.Message.of("GET", client.url("/x")))
                        .join())
                .hasMessageContaining("intermediary");
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, plain words",
        "text/plain, <html>a user's own data</html>",
        "application/octet-stream, <html></html>",
        "application/json, '{}'",
        "text/html, '{\"compute\":{}}'"
    })
    void aDocumentIsASuccessWhateverItIs(String type, String body) throws Exception {
        bench.script.always(answer(type, body));
        for (Adapter adapter : Adapter.values()) {
            Reply reply = call(adapter, IbmVpcMetadata.SERVICE);
            assertThat(reply.outcome().succeeded()).isTrue();
            assertThat(reply.body()).isEqualTo(body);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aControlServiceMayAnswerWithPages(Adapter adapter) throws Exception {
        bench.script.always(answer("text/html", PAGE));
        assertThat(call(adapter, AzureVmInspector.SERVICE).outcome().succeeded())
                .isTrue();
    }
}
