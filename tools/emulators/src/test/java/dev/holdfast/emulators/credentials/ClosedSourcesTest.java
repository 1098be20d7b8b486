package dev.holdfast.emulators.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.alibaba.AlibabaMetadata;
import dev.holdfast.alibaba.AlibabaSlb;
import dev.holdfast.azure.ArmTokens;
import dev.holdfast.azure.AzureImds;
import dev.holdfast.azure.AzureVmInspector;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.credential.CachingCredentialSource;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialFetch;
import dev.holdfast.core.credential.CredentialSource;
import dev.holdfast.core.credential.RequestSigner;
import dev.holdfast.core.credential.Secret;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.service.ServiceClient;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.huawei.HuaweiIMetal;
import dev.holdfast.huawei.HuaweiMetadata;
import dev.holdfast.ibm.IbmVpcMetadata;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A source that is closed holds no secret: none that it gave out, none that was refused and none that it asked with. */
class ClosedSourcesTest {
    private static final String SECRET = "PLANTED";

    @RegisterExtension
    final Bench bench = Bench.skipping();

    /** Every source of every vendor. */
    private enum Kind {
        AZURE_MANAGED_IDENTITY(
                AzureImds.SERVICE,
                client -> AzureImds.managedIdentity(client, "https://vault.azure.net")
                        .build()),
        AZURE_ARM_TOKENS(AzureImds.SERVICE, client -> {
            Credential own = fetched().join();
            return ArmTokens.of((refused, claims) -> CompletableFuture.completedFuture(own));
        }),
        IBM_IDENTITY(
                IbmVpcMetadata.SERVICE,
                client -> IbmVpcMetadata.identityTokens(client).build()),
        HUAWEI_METADATA_TOKENS(
                HuaweiMetadata.SERVICE, client -> HuaweiMetadata.tokens(client).build()),
        HUAWEI_SECURITY_KEYS(
                HuaweiMetadata.SERVICE,
                client -> HuaweiMetadata.securityKeys(client).build()),
        HUAWEI_ACCESS_KEY(
                HuaweiMetadata.SERVICE,
                client ->
                        HuaweiIMetal.accessKey("id", Secret.of(SECRET + "-key")).build()),
        HUAWEI_LOGIN(
                HuaweiMetadata.SERVICE,
                client -> HuaweiIMetal.tokens(CredentialFetch.future(Kind::fetched))
                        .build()),
        ALIBABA_METADATA_TOKENS(
                AlibabaMetadata.SERVICE,
                client -> AlibabaMetadata.tokens(client).build()),
        ALIBABA_ROLE(
                AlibabaMetadata.SERVICE,
                client -> AlibabaMetadata.roleCredentials(client, "role").build()),
        ALIBABA_ROLE_WITHOUT_A_NAME(
                AlibabaMetadata.SERVICE,
                client -> AlibabaMetadata.roleCredentials(client).build()),
        ALIBABA_ACCESS_KEY(
                AlibabaMetadata.SERVICE,
                client -> AlibabaSlb.accessKey("id", Secret.of(SECRET + "-key")).build()),
        OF_ONES_OWN(AzureImds.SERVICE, client -> {
            Credential own = fetched().join();
            return CachingCredentialSource.builder("my/token", RequestSigner.bearer())
                    .fetch(CredentialFetch.future(() -> CompletableFuture.completedFuture(own)))
                    .build();
        }),
        FIXED(
                AzureImds.SERVICE,
                client -> CredentialSource.fixed(
                        Credential.token(Secret.token(SECRET + "-fixed"), null), RequestSigner.bearer()));

        private final Service service;
        private final Function<ServiceClient, CredentialSource> source;

        Kind(Service service, Function<ServiceClient, CredentialSource> source) {
            this.service = service;
            this.source = source;
        }

        private static CompletableFuture<Credential> fetched() {
            return CompletableFuture.completedFuture(
                    Credential.token(Secret.token(SECRET + "-own"), Duration.ofHours(1)));
        }
    }

    @BeforeEach
    void start() {
        bench.server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String target = request.getTarget();
                if (target.endsWith("/ram/security-credentials/")) {
                    return Bench.answer(200, "role").build();
                }
                boolean plain = request.getMethod().equals("PUT") && !target.startsWith("/identity/");
                String key = "\"AccessKeyId\":\"id\",\"AccessKeySecret\":\"PLANTED-s\",\"SecurityToken\":\"PLANTED-t\","
                        + "\"Expiration\":\"2999-01-01T00:00:00Z\",\"Code\":\"Success\"";
                String credential =
                        "\"credential\":{\"access\":\"id\",\"secret\":\"PLANTED-s\",\"securitytoken\":\"PLANTED-t\","
                                + "\"expires_at\":\"2999-01-01T00:00:00.000000Z\"}";
                return Bench.answer(
                                200,
                                plain
                                        ? "PLANTED-token"
                                        : "{\"access_token\":\"PLANTED-token\",\"expires_in\":\"3600\"," + key + ","
                                                + credential + "}")
                        .build();
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void itHoldsNone(Kind kind) throws Exception {
        Holdfast holdfast = bench.here(Holdfast.builder(kind.service)).build();
        holdsNone(kind.source.apply(Adapter.OKHTTP_EXECUTE.serviceClient(bench, holdfast)), kind.service);
    }

    private static Stream<Holdfast.Chain> chains() {
        Holdfast ibm = Holdfast.of(IbmVpcMetadata.SERVICE);
        return Stream.of(
                AlibabaSlb.chain("cn-hangzhou"),
                HuaweiIMetal.chain("cn-east-3"),
                AzureVmInspector.chain("AzurePublicCloud"),
                IbmVpcMetadata.chain(),
                Holdfast.chain(
                        ibm,
                        ibm,
                        client -> IbmVpcMetadata.identityTokens(client).build(),
                        client -> IbmVpcMetadata.iamTokens(client).build()));
    }

    @ParameterizedTest
    @MethodSource("chains")
    void noSourceOfAChainHoldsOne(Holdfast.Chain chain) throws Exception {
        Holdfast holdfast = chain.metadata(bench::here).over(asks -> Adapter.OKHTTP_EXECUTE.serviceClient(bench, asks));
        holdsNone(Objects.requireNonNull(holdfast.credentials()), AzureVmInspector.SERVICE);
    }

    private static void holdsNone(CredentialSource source, Service service) throws Exception {
        Credential first = source.current().join();
        assertThat(Reachable.holds(source, SECRET))
                .as("an open source holds it")
                .isTrue();
        // Refused too, so that it stands in the history of refusals.
        source.refresh(first, service.decide(ResponseView.of(401)))
                .handle((credential, thrown) -> null)
                .join();

        source.close();

        assertThat(Reachable.holds(source, SECRET))
                .as("a closed source holds it")
                .isFalse();
        assertThatThrownBy(() -> source.current().join()).hasMessageContaining("closed");
    }
}
