/**
 * Alibaba Cloud's services: their operations, error catalogues and credentials. One line makes the whole chain, from the metadata token to the signed call:
 *
 * <pre>{@code
 * Call.Factory calls = AlibabaSlb.signedByRole(okHttpClient, "cn-hangzhou"); // OkHttp
 * HttpClient calls = HoldfastHttpClient.wrap(httpClient, AlibabaSlb.chain("cn-hangzhou")); // java.net.http
 * }</pre>
 *
 * <p>The long form is {@link AlibabaMetadata#tokens} and {@link AlibabaMetadata#roleCredentials(dev.holdfast.core.service.ServiceClient)}. To change a policy, or to close the chain's sources, use {@link dev.holdfast.core.Holdfast.Chain}.
 */
@NullMarked
package dev.holdfast.alibaba;

import org.jspecify.annotations.NullMarked;
