package dev.holdfast.emulators.readme;

import dev.holdfast.alibaba.AlibabaMetadata;
import dev.holdfast.alibaba.AlibabaSlb;
import dev.holdfast.azure.AzureVmInspector;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.credential.CachingCredentialSource;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialFetch;
import dev.holdfast.core.credential.RequestSigner;
import dev.holdfast.core.credential.Secret;
import dev.holdfast.core.service.ServiceClient;
import dev.holdfast.huawei.HuaweiIMetal;
import dev.holdfast.ibm.IbmVpcMetadata;
import dev.holdfast.jdk.HoldfastHttpClient;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import okhttp3.Call;
import okhttp3.OkHttpClient;

/** What the README and the page about credentials show, to the letter: one method each. */
final class SigningAgent {
    private SigningAgent() {}

    static Call.Factory slb(OkHttpClient client, Holdfast metadata, Holdfast slb) {
        ServiceClient plain = HoldfastOkHttp.serviceClient(client, metadata); // Holdfast.of(AlibabaMetadata.SERVICE)
        CachingCredentialSource role = AlibabaMetadata.roleCredentials(plain).build();
        Holdfast signing = slb.toBuilder().credentials(role).build(); // Holdfast.of(AlibabaSlb.in("cn-hangzhou"))
        return HoldfastOkHttp.wrap(client, signing); // signs each attempt
    }

    static List<Call.Factory> chains(OkHttpClient client) {
        return List.of(
                AlibabaSlb.signedByRole(client, "cn-hangzhou"),
                HuaweiIMetal.signedByAgency(client, "eu-west-101"),
                AzureVmInspector.byManagedIdentity(client),
                IbmVpcMetadata.withIdentityTokens(client));
    }

    static HttpClient chain(HttpClient client) {
        return HoldfastHttpClient.wrap(client, AlibabaSlb.chain("cn-hangzhou"));
    }

    static Call.Factory inAContainer(OkHttpClient client) {
        Holdfast.Chain chain = Holdfast.chain(
                Holdfast.of(AlibabaMetadata.SERVICE),
                Holdfast.of(AlibabaSlb.in("cn-hangzhou")),
                asked -> AlibabaMetadata.tokens(asked).toleratingSilence().build(), // no response: no token
                asked -> AlibabaMetadata.roleCredentials(asked).build()); // asks with the token, where there is one
        return HoldfastOkHttp.wrap(client, chain);
    }

    static Call.Factory hardened(OkHttpClient client, Holdfast metadata, Holdfast slb) {
        ServiceClient plain = HoldfastOkHttp.serviceClient(client, metadata); // asks for tokens
        CachingCredentialSource tokens = AlibabaMetadata.tokens(plain).build();
        Holdfast withTokens = metadata.toBuilder().credentials(tokens).build();
        CachingCredentialSource role = AlibabaMetadata.roleCredentials(HoldfastOkHttp.serviceClient(client, withTokens))
                .build(); // asks with them
        return HoldfastOkHttp.wrap(client, slb.toBuilder().credentials(role).build()); // signs with the role
    }

    static CachingCredentialSource own(Supplier<String> sdk) {
        return CachingCredentialSource.builder("my/token", RequestSigner.bearer())
                .fetch(CredentialFetch.blocking(() -> Credential.token(Secret.token(sdk.get()), Duration.ofMinutes(5))))
                .build();
    }
}
