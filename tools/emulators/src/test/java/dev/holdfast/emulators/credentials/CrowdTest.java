package dev.holdfast.emulators.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.alibaba.AlibabaMetadata;
import dev.holdfast.alibaba.AlibabaSlb;
import dev.holdfast.azure.AzureImds;
import dev.holdfast.azure.AzureVmInspector;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.credential.CachingCredentialSource;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Service;
import dev.holdfast.emulators.alibaba.AlibabaMetadataEmulator;
import dev.holdfast.emulators.alibaba.AlibabaSlbEmulator;
import dev.holdfast.emulators.azure.AzureImdsEmulator;
import dev.holdfast.emulators.azure.AzureVmInspectorEmulator;
import dev.holdfast.emulators.huawei.HuaweiIMetalEmulator;
import dev.holdfast.emulators.huawei.HuaweiMetadataEmulator;
import dev.holdfast.emulators.ibm.IbmVpcMetadataEmulator;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.huawei.HuaweiIMetal;
import dev.holdfast.huawei.HuaweiMetadata;
import dev.holdfast.ibm.IbmVpcMetadata;
import dev.holdfast.okhttp.HoldfastOkHttp;
import dev.holdfast.testkit.emulator.ReceivedRequest;
import dev.holdfast.testkit.emulator.Scenario;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A thousand callers whose credential and whose token for it have both expired: each is asked for once, however long the answer takes. */
class CrowdTest {
    private static final int CALLERS = 1_000;

    @RegisterExtension
    final Bench bench = Bench.manual();

    private final CompletableFuture<Void> limiter = new CompletableFuture<>();

    private Holdfast.Builder at(Service service, URI url) {
        return bench.here(Holdfast.builder(service))
                .endpoint(url)
                .limits("default", Limits.NONE)
                .withoutBudget();
    }

    /** All are on their way before the answer comes. */
    private void ask(Holdfast holdfast, Request request, Runnable whenTheyWait, long millis) throws Exception {
        Call.Factory calls = HoldfastOkHttp.wrap(bench.client, holdfast);
        List<CompletableFuture<Response>> all = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            all.add(HoldfastOkHttp.send(calls.newCall(request)));
        }
        whenTheyWait.run();
        bench.time.advance(Duration.ofMillis(millis));
        limiter.complete(null);
        for (CompletableFuture<Response> each : all) {
            try (Response response = each.get()) {
                assertThat(response.code()).isEqualTo(200);
            }
        }
    }

    private static List<String> lines(List<ReceivedRequest> requests) {
        return requests.stream().map(ReceivedRequest::toString).toList();
    }

    @Test
    void onHuawei() throws Exception {
        onHuawei(50);
    }

    @Test
    @Tag("nightly")
    void onHuaweiAfterSixSeconds() throws Exception {
        onHuawei(6_000);
    }

    private void onHuawei(long millis) throws Exception {
        try (HuaweiMetadataEmulator metadata =
                        new HuaweiMetadataEmulator(bench.time).enforcingTokens().start();
                HuaweiIMetalEmulator imetal = new HuaweiIMetalEmulator(bench.time)
                        .knowing(metadata)
                        .withoutLimits()
                        .start()) {
            Holdfast plain = at(HuaweiMetadata.SERVICE, metadata.url()).build();
            CachingCredentialSource tokens = HuaweiMetadata.tokens(HoldfastOkHttp.serviceClient(bench.client, plain))
                    .build();
            Holdfast withTokens = at(HuaweiMetadata.SERVICE, metadata.url())
                    .credentials(tokens)
                    .build();
            CachingCredentialSource keys = HuaweiMetadata.securityKeys(
                            HoldfastOkHttp.serviceClient(bench.client, withTokens))
                    .build();
            keys.prefetch().get();
            bench.time.jumpWall(Duration.ofHours(7));
            metadata.play(Scenario.held(limiter, 1).onlyForTokens());
            Request request = new Request.Builder()
                    .url(imetal.url() + "/v1/" + HuaweiIMetalEmulator.PROJECT_ID + "/instances")
                    .build();
            ask(
                    at(HuaweiIMetal.in("cn-east-3"), imetal.url())
                            .credentials(keys)
                            .build(),
                    request,
                    () -> awaited(metadata::awaitRequests),
                    millis);
            assertThat(lines(metadata.requests()))
                    .containsExactly(
                            "PUT /meta-data/latest/api/token",
                            "GET /openstack/latest/securitykey",
                            "PUT /meta-data/latest/api/token",
                            "GET /openstack/latest/securitykey");
            assertThat(imetal.requestCount()).isEqualTo(CALLERS);
        }
    }

    @Test
    void onAlibaba() throws Exception {
        onAlibaba(50);
    }

    @Test
    @Tag("nightly")
    void onAlibabaAfterSixSeconds() throws Exception {
        onAlibaba(6_000);
    }

    private void onAlibaba(long millis) throws Exception {
        try (AlibabaMetadataEmulator metadata =
                        new AlibabaMetadataEmulator(bench.time).hardened().start();
                AlibabaSlbEmulator slb =
                        new AlibabaSlbEmulator(bench.time).knowing(metadata).start()) {
            Holdfast plain = at(AlibabaMetadata.SERVICE, metadata.url()).build();
            CachingCredentialSource tokens = AlibabaMetadata.tokens(HoldfastOkHttp.serviceClient(bench.client, plain))
                    .build();
            Holdfast withTokens = at(AlibabaMetadata.SERVICE, metadata.url())
                    .credentials(tokens)
                    .build();
            CachingCredentialSource role = AlibabaMetadata.roleCredentials(
                            HoldfastOkHttp.serviceClient(bench.client, withTokens), AlibabaMetadataEmulator.ROLE)
                    .build();
            role.prefetch().get();
            bench.time.jumpWall(Duration.ofHours(7));
            metadata.play(Scenario.held(limiter, 1).onlyForTokens());
            Request request = new Request.Builder()
                    .url(slb.url() + "/?RegionId=cn-hangzhou")
                    .headers(Headers.of("x-acs-action", "DescribeRegions", "x-acs-version", "2014-05-15"))
                    .build();
            ask(
                    at(AlibabaSlb.SERVICE, slb.url()).credentials(role).build(),
                    request,
                    () -> awaited(metadata::awaitRequests),
                    millis);
            String folder = "GET /latest/meta-data/ram/security-credentials/";
            assertThat(lines(metadata.requests()))
                    .containsExactly(
                            "PUT /latest/api/token",
                            folder + AlibabaMetadataEmulator.ROLE,
                            "PUT /latest/api/token",
                            folder + AlibabaMetadataEmulator.ROLE);
            assertThat(slb.requestCount()).isEqualTo(CALLERS);
        }
    }

    @Test
    void onIbm() throws Exception {
        onIbm(50);
    }

    @Test
    @Tag("nightly")
    void onIbmAfterSixSeconds() throws Exception {
        onIbm(6_000);
    }

    private void onIbm(long millis) throws Exception {
        try (IbmVpcMetadataEmulator vpc = new IbmVpcMetadataEmulator(bench.time).start()) {
            Holdfast plain = at(IbmVpcMetadata.SERVICE, vpc.url()).build();
            CachingCredentialSource identity = IbmVpcMetadata.identityTokens(
                            HoldfastOkHttp.serviceClient(bench.client, plain))
                    .build();
            Holdfast metadata =
                    at(IbmVpcMetadata.SERVICE, vpc.url()).credentials(identity).build();
            CachingCredentialSource iam = IbmVpcMetadata.iamTokens(HoldfastOkHttp.serviceClient(bench.client, metadata))
                    .build();
            iam.prefetch().get();
            bench.time.jumpWall(Duration.ofHours(7));
            vpc.play(Scenario.held(limiter, 1).onlyForTokens());
            Service behindIam = Service.builder("test/vpc-api")
                    .baseUrl("https://us-south.iaas.cloud.ibm.com")
                    .operation(Operation.named("instances").retrySafety(RetrySafety.ALWAYS))
                    .build();
            Request request = new Request.Builder()
                    .url(vpc.url() + "/v1/instances?version=2025-08-26&generation=2")
                    .build();
            ask(at(behindIam, vpc.url()).credentials(iam).build(), request, () -> awaited(vpc::awaitRequests), millis);
            String put = "PUT /identity/v1/token?version=2025-08-26";
            String post = "POST /identity/v1/iam_tokens?version=2025-08-26";
            assertThat(lines(vpc.requests()).subList(0, 4)).containsExactly(put, post, put, post);
            assertThat(vpc.requestCount()).isEqualTo(CALLERS + 4);
        }
    }

    @Test
    void onAzure() throws Exception {
        onAzure(50);
    }

    @Test
    @Tag("nightly")
    void onAzureAfterSixSeconds() throws Exception {
        onAzure(6_000);
    }

    private void onAzure(long millis) throws Exception {
        try (AzureImdsEmulator imds = new AzureImdsEmulator(bench.time).start();
                AzureVmInspectorEmulator arm =
                        new AzureVmInspectorEmulator(bench.time).trusting(imds).start()) {
            // Its limiter counts by the monotonic clock, which stands still here.
            Holdfast plain = at(AzureImds.SERVICE, imds.url())
                    .limits("identity", Limits.NONE)
                    .build();
            CachingCredentialSource tokens = AzureImds.managedIdentity(
                            HoldfastOkHttp.serviceClient(bench.client, plain), "https://management.azure.com/")
                    .build();
            tokens.prefetch().get();
            bench.time.jumpWall(Duration.ofHours(25));
            imds.play(Scenario.held(limiter, 1).onlyForTokens());
            Request request = new Request.Builder()
                    .url(arm.url() + "/subscriptions/s/providers/Microsoft.Compute/locations/westeurope/diagnostics"
                            + "?api-version=2024-03-01-preview")
                    .build();
            ask(
                    at(AzureVmInspector.SERVICE, arm.url()).credentials(tokens).build(),
                    request,
                    () -> awaited(count -> imds.awaitRequests(count - 1)),
                    millis);
            assertThat(imds.requestCount()).isEqualTo(2);
            assertThat(arm.requestCount()).isEqualTo(CALLERS);
        }
    }

    /** Blocks until so many requests have arrived. */
    private interface Arrivals {
        void await(int count) throws InterruptedException;
    }

    private static void awaited(Arrivals arrivals) {
        try {
            arrivals.await(3);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The sockets' time is real, so that what six seconds of it would do is read off the settings. */
    @Test
    void noAttemptIsGivenUpBeforeSixSeconds() {
        for (Service service :
                List.of(HuaweiMetadata.SERVICE, AlibabaMetadata.SERVICE, IbmVpcMetadata.SERVICE, AzureImds.SERVICE)) {
            for (RequestView request : List.of(
                    RequestView.of("PUT", "/latest/api/token"),
                    RequestView.of("PUT", "/meta-data/latest/api/token"),
                    RequestView.of("GET", "/openstack/latest/securitykey"),
                    RequestView.of("GET", "/latest/meta-data/ram/security-credentials/x"))) {
                Duration own = service.operation(request).attemptTimeout();
                assertThat(own == null ? service.policy().attemptTimeout() : own)
                        .as("%s %s", service.id(), request.path())
                        .isGreaterThan(Duration.ofSeconds(6));
            }
        }
    }
}
