package dev.holdfast.emulators.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.alibaba.AlibabaMetadata;
import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.credential.CredentialDocument;
import dev.holdfast.core.credential.CredentialSource;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.Members;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.service.ServiceClient;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.emulators.laws.CapturedLogs;
import dev.holdfast.huawei.HuaweiMetadata;
import dev.holdfast.ibm.IbmVpcMetadata;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.function.Function;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each vendor's source believes of a lifetime. The responses' own clock says 12:00:00. */
class SourceLifetimesTest {
    private static final String DATE = "Fri, 18 Oct 2030 12:00:00 GMT";
    private static final Instant NOON = Instant.parse("2030-10-18T12:00:00Z");
    private static final String JWT_ENDING_AFTER_180_S = "eyJ."
            + Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            ("{\"exp\":" + (NOON.getEpochSecond() + 180) + "}").getBytes(StandardCharsets.UTF_8))
            + ".c2ln";

    @RegisterExtension
    final Bench bench = Bench.skipping();

    private enum Vendor {
        AZURE(
                AzureImds.SERVICE,
                client -> AzureImds.managedIdentity(client, "https://vault.azure.net")
                        .build()),
        IBM(
                IbmVpcMetadata.SERVICE,
                client -> IbmVpcMetadata.identityTokens(client).build()),
        HUAWEI(
                HuaweiMetadata.SERVICE,
                client -> HuaweiMetadata.securityKeys(client).build()),
        ALIBABA(
                AlibabaMetadata.SERVICE,
                client -> AlibabaMetadata.roleCredentials(client, "role").build());

        private final Service service;
        private final Function<ServiceClient, CredentialSource> source;

        Vendor(Service service, Function<ServiceClient, CredentialSource> source) {
            this.service = service;
            this.source = source;
        }

        private String body(String token, String said) {
            return switch (this) {
                case AZURE, IBM -> "{\"access_token\":\"" + token + "\"," + said + "}";
                case HUAWEI ->
                    "{\"credential\":{\"access\":\"id\",\"secret\":\"s\",\"securitytoken\":\"t\"," + said + "}}";
                case ALIBABA ->
                    "{\"Code\":\"Success\",\"AccessKeyId\":\"id\",\"AccessKeySecret\":\"s\",\"SecurityToken\":\"t\","
                            + said + "}";
            };
        }
    }

    private Duration lifetime(Vendor vendor, String token, String said, boolean dated) {
        MockResponse.Builder answer = Bench.answer(200, vendor.body(token, said.replace('\'', '"')));
        bench.answers((dated ? answer.setHeader("Date", DATE) : answer).build());
        Holdfast holdfast = bench.here(Holdfast.builder(vendor.service)).build();
        return vendor.source
                .apply(Adapter.OKHTTP_EXECUTE.serviceClient(bench, holdfast))
                .current()
                .join()
                .lifetime();
    }

    /** IMDS counts {@code expires_in} from the time of issuance, and IBM's {@code created_at} may be long ago. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "AZURE | 'expires_in':'28799','expires_on':'1918558800' | PT1H",
                "AZURE | 'expires_in':'600','expires_on':'1918558800' | PT10M",
                "AZURE | 'expires_on':'2030-10-18T13:00:00.0000000+00:00' | PT1H",
                "AZURE | 'expires_on':'10/18/2030 1:00:00 PM +00:00' | PT1H",
                "AZURE | 'expires_in':'3599.5' | PT59M59.5S",
                "AZURE | 'expires_in':'soon','expires_on':'later' | PT5M",
                "IBM | 'expires_in':3600,'created_at':'2030-10-18T11:00:04Z','expires_at':'2030-10-18T12:00:04Z' | PT4S",
                "IBM | 'expires_in':3600,'created_at':'2030-10-18T12:00:00Z','expires_at':'2030-10-18T12:05:00Z' | PT5M",
                "IBM | 'created_at':'2030-10-18T11:59:00Z' | PT5M",
                "HUAWEI | 'expires_at':'2030-10-18T13:00:00.574000Z' | PT1H0.574S",
                "HUAWEI | 'expires_at':'20301018T130000Z' | PT1H",
                "HUAWEI | 'expires_at':'soon' | PT5M",
                "ALIBABA | 'Expiration':'2030-10-18T18:00:00Z' | PT6H",
                "ALIBABA | 'Expiration':'2030-10-18 18:00:00' | PT6H",
                "ALIBABA | 'Expires':'2030-10-18T18:00:00Z' | PT5M"
            })
    void theLeastOfAllThatTheResponseSays(Vendor vendor, String said, Duration expected) {
        assertThat(lifetime(vendor, "opaque", said, true)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"AZURE", "IBM"})
    void aTokenThatIsAJwtIsGoodUntilItsOwnEnd(Vendor vendor) {
        assertThat(lifetime(vendor, JWT_ENDING_AFTER_180_S, "'expires_in':3600", true))
                .isEqualTo(Duration.ofMinutes(3));
    }

    /** The bench's clock says 2026: what is over by it alone is good for a short time, and not for a second. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "AZURE | 'expires_on':'2001-01-01T00:00:00Z' | PT5M",
                "AZURE | 'expires_in':'600','expires_on':'2001-01-01T00:00:00Z' | PT10M",
                "IBM | 'expires_in':3600,'expires_at':'2001-01-01T00:00:00Z' | PT1H",
                "IBM | 'expires_in':3600,'created_at':'2030-10-18T12:00:00Z','expires_at':'2030-10-18T12:05:00Z' | PT5M",
                "HUAWEI | 'expires_at':'2001-01-01T00:00:00Z' | PT5M",
                "ALIBABA | 'Expiration':'2001-01-01T00:00:00Z' | PT5M"
            })
    void withoutADateNoClockOfThisMachineEndsACredential(Vendor vendor, String said, Duration expected) {
        assertThat(lifetime(vendor, "opaque", said, false)).isEqualTo(expected);
    }

    @Test
    void whatCannotBeReadIsOneLineForEachSource() {
        String one = "test/" + UUID.randomUUID();
        String other = "test/" + UUID.randomUUID();
        CapturedLogs.clear();
        for (String name : new String[] {one, one, other, one}) {
            CredentialDocument.read(
                    name,
                    "a usable token",
                    ResponseView.of(200, HeaderFields.of(), "{\"t\":\"opaque\"}"),
                    NOON,
                    Members.of("t", "s", "e"),
                    said -> said.token("t", said.lifetime("t", "s", "e")));
        }
        for (String name : new String[] {one, other}) {
            assertThat(CapturedLogs.lines())
                    .filteredOn(line -> line.contains(name))
                    .singleElement()
                    .asString()
                    .contains("it is used for 5 min");
        }
    }
}
