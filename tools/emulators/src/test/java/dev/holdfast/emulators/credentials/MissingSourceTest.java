package dev.holdfast.emulators.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.alibaba.AlibabaMetadata;
import dev.holdfast.alibaba.AlibabaSlb;
import dev.holdfast.azure.AzureImds;
import dev.holdfast.azure.AzureVmInspector;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialSource;
import dev.holdfast.core.credential.RequestSigner;
import dev.holdfast.core.credential.Secret;
import dev.holdfast.core.decision.Rule;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.service.Service;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.huawei.HuaweiIMetal;
import dev.holdfast.huawei.HuaweiMetadata;
import dev.holdfast.ibm.IbmVpcMetadata;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A call without a credential source that is refused names the line that is missing, before the vendor's advice. */
class MissingSourceTest {
    private static final String TARGET = "/v1/x";

    @RegisterExtension
    final Bench bench = Bench.skipping();

    private String outcome(Holdfast.Builder holdfast, Adapter adapter, Ask ask, int status, String body)
            throws Exception {
        bench.script.always(new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/json")
                .body(body)
                .build());
        return adapter.call(bench, bench.here(holdfast).withoutBudget().build(), ask)
                .outcome()
                .toString();
    }

    private static Stream<Arguments> services() {
        return Stream.of(
                Arguments.of(IbmVpcMetadata.SERVICE, 401, "{}", "IbmVpcMetadata.withIdentityTokens(client)"),
                Arguments.of(
                        HuaweiMetadata.SERVICE, 401, "", ".credentials(HuaweiMetadata.tokens(serviceClient).build())"),
                Arguments.of(
                        AlibabaMetadata.SERVICE,
                        401,
                        "",
                        ".credentials(AlibabaMetadata.tokens(serviceClient).build())"),
                Arguments.of(
                        HuaweiIMetal.in("cn-east-3"),
                        401,
                        "{\"error_code\":\"APIGW.0301\",\"error_msg\":\"Incorrect IAM authentication information\"}",
                        "HuaweiIMetal.signedByAgency(client, region)"),
                Arguments.of(AzureVmInspector.SERVICE, 401, "{}", "AzureVmInspector.byManagedIdentity(client)"),
                Arguments.of(
                        AlibabaSlb.SERVICE,
                        400,
                        "{\"Code\":\"IncompleteSignature\",\"Message\":\"The request signature does not conform\"}",
                        "AlibabaSlb.signedByRole(client, region)"));
    }

    @ParameterizedTest
    @MethodSource("services")
    void theLineThatIsMissingComesFirst(Service service, int status, String body, String line) throws Exception {
        String said = outcome(Holdfast.builder(service), Adapter.JDK_SEND, Ask.get(TARGET), status, body);
        assertThat(said).contains("No credential was sent, because no source is set: use " + line + ". ");
        assertThat(said.indexOf(line)).isLessThan(said.lastIndexOf('('));
    }

    @ParameterizedTest
    @EnumSource
    void atEveryAdapter(Adapter adapter) throws Exception {
        assertThat(outcome(Holdfast.builder(IbmVpcMetadata.SERVICE), adapter, Ask.get(TARGET), 401, "{}"))
                .contains("gave up (no_credential)", "There is no credential to go on with. No credential was sent");
    }

    @Test
    void aCredentialOfTheCallersOwnIsSaidToBeOne() throws Exception {
        Ask ask = new Ask("GET", TARGET, Headers.of("Authorization", "Bearer of-the-callers-own"));
        assertThat(outcome(Holdfast.builder(AzureVmInspector.SERVICE), Adapter.OKHTTP_EXECUTE, ask, 401, "{}"))
                .contains("The request has a credential of its own, and no source could renew it: use ");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 409, 500})
    void anotherErrorSaysNothingOfIt(int status) throws Exception {
        assertThat(outcome(
                        Holdfast.builder(AlibabaSlb.SERVICE).maxAttempts(1),
                        Adapter.OKHTTP_EXECUTE,
                        Ask.get(TARGET),
                        status,
                        "{}"))
                .doesNotContain("no source");
    }

    @Test
    void aMetadataServiceRefusesOtherThingsToo() throws Exception {
        assertThat(outcome(Holdfast.builder(AzureImds.SERVICE), Adapter.OKHTTP_EXECUTE, Ask.get(TARGET), 400, "{}"))
                .doesNotContain("no source");
        assertThat(outcome(
                        Holdfast.builder(AlibabaMetadata.SERVICE), Adapter.OKHTTP_EXECUTE, Ask.get(TARGET), 400, "{}"))
                .doesNotContain("no source");
    }

    @Test
    void withASourceTheAdviceStandsAlone() throws Exception {
        CredentialSource source =
                CredentialSource.fixed(Credential.token(Secret.token("a-fixed-token"), null), RequestSigner.bearer());
        assertThat(outcome(
                        Holdfast.builder(AzureVmInspector.SERVICE).credentials(source),
                        Adapter.OKHTTP_EXECUTE,
                        Ask.get(TARGET),
                        401,
                        "{}"))
                .doesNotContain("no source");
    }

    @Test
    void aServiceOfOnesOwnNamesTheSetting() throws Exception {
        Service own = Service.builder("own/service")
                .baseUrl("https://own.example.com")
                .build();
        assertThat(outcome(
                        Holdfast.builder(own).rule("refused", Rule.on(401).reauthenticate(Verdict.Renewal.CREDENTIAL)),
                        Adapter.OKHTTP_EXECUTE,
                        Ask.get(TARGET),
                        401,
                        "{}"))
                .contains("no source is set: set one with .credentials(source). ");
    }

    @Test
    void aRequestThatMustBeMadeAnewNamesTheHook() throws Exception {
        String said = outcome(
                Holdfast.builder(AzureImds.SERVICE).rule("sas", Rule.on(403).reauthenticate(Verdict.Renewal.REQUEST)),
                Adapter.OKHTTP_EXECUTE,
                Ask.get(TARGET),
                403,
                "{}");
        assertThat(said).contains(StopReason.NO_CREDENTIAL.id(), "set CallOptions.withRebuild. ");
    }
}
