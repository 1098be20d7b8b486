package dev.holdfast.emulators.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.alibaba.AlibabaMetadata;
import dev.holdfast.alibaba.AlibabaSlb;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.credential.CachingCredentialSource;
import dev.holdfast.core.credential.CredentialSource;
import dev.holdfast.core.credential.RequestSigner;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.emulators.alibaba.AlibabaMetadataEmulator;
import dev.holdfast.emulators.alibaba.AlibabaSlbEmulator;
import dev.holdfast.emulators.huawei.HuaweiIMetalEmulator;
import dev.holdfast.emulators.huawei.HuaweiMetadataEmulator;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.huawei.HuaweiIMetal;
import dev.holdfast.huawei.HuaweiMetadata;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Headers;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OkHttp sends URLs that java.net.URI refuses; the emulators make the signature again from what arrived. */
class SignedUrlTest {
    @RegisterExtension
    final Bench bench = Bench.skipping();

    private void succeeds(Holdfast holdfast, String url, Headers headers) throws Exception {
        Request request = new Request.Builder().url(url).headers(headers).build();
        try (Response response =
                HoldfastOkHttp.wrap(bench.client, holdfast).newCall(request).execute()) {
            assertThat(response.code()).as(response.body().string()).isEqualTo(200);
            // The caller's request comes back as the caller spelt it.
            assertThat(response.request().url()).isEqualTo(request.url());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"filter={x}", "filter=a|b^c`d", "filter=[x]", "filter=100%", "filter={a}%7Bb%7D+c%2B"})
    void onHuawei(String query) throws Exception {
        try (HuaweiMetadataEmulator metadata = new HuaweiMetadataEmulator(bench.time).start();
                HuaweiIMetalEmulator imetal = new HuaweiIMetalEmulator(bench.time)
                        .knowing(metadata)
                        .withoutLimits()
                        .start()) {
            Holdfast plain = bench.here(Holdfast.builder(HuaweiMetadata.SERVICE))
                    .endpoint(metadata.url())
                    .build();
            CredentialSource keys = HuaweiMetadata.securityKeys(HoldfastOkHttp.serviceClient(bench.client, plain))
                    .build();
            Holdfast signed = bench.here(Holdfast.builder(HuaweiIMetal.in("cn-east-3")))
                    .endpoint(imetal.url())
                    .limits("default", Limits.NONE)
                    .credentials(keys)
                    .build();
            succeeds(
                    signed,
                    imetal.url() + "/v1/" + HuaweiIMetalEmulator.PROJECT_ID + "/instances?" + query,
                    Headers.of());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Name={x}", "Name=a|b^c`d", "Name=[x]", "Name=100%"})
    void onAlibaba(String query) throws Exception {
        try (AlibabaMetadataEmulator metadata = new AlibabaMetadataEmulator(bench.time).start();
                AlibabaSlbEmulator slb =
                        new AlibabaSlbEmulator(bench.time).knowing(metadata).start()) {
            Holdfast plain = bench.here(Holdfast.builder(AlibabaMetadata.SERVICE))
                    .endpoint(metadata.url())
                    .build();
            CredentialSource role = AlibabaMetadata.roleCredentials(HoldfastOkHttp.serviceClient(bench.client, plain))
                    .build();
            Holdfast signed = bench.here(Holdfast.builder(AlibabaSlb.SERVICE))
                    .endpoint(slb.url())
                    .credentials(role)
                    .build();
            succeeds(
                    signed,
                    slb.url() + "/?RegionId=cn-hangzhou&" + query,
                    Headers.of("x-acs-action", "DescribeRegions", "x-acs-version", "2014-05-15"));
        }
    }

    /** A signer that encodes nothing itself sees what is sent, in the path too; one that does not look changes nothing. */
    @Test
    void whatIsShownToASignerIsWhatIsSent() throws Exception {
        bench.answers(Bench.ok(), Bench.ok());
        String url = bench.url("/metadata/[x]/{y}?filter={x}");
        List<String> shown = new ArrayList<>();
        RequestSigner looks = (request, credential, now) ->
                shown.add(request.url().getRawPath() + "?" + request.url().getRawQuery());
        succeeds(bench.azure().credentials(source(looks)).build(), url, Headers.of());
        assertThat(bench.script.next().getTarget())
                .isEqualTo("/metadata/%5Bx%5D/%7By%7D?filter=%7Bx%7D")
                .isEqualTo(shown.get(0));
        succeeds(bench.azure().credentials(source(RequestSigner.bearer())).build(), url, Headers.of());
        assertThat(bench.script.next().getTarget()).isEqualTo("/metadata/[x]/%7By%7D?filter={x}");
    }

    private CachingCredentialSource source(RequestSigner signer) {
        return CachingCredentialSource.builder("test/signed", signer)
                .fetch(new Tokens(Duration.ofHours(1)))
                .timeSource(bench.time)
                .build();
    }
}
