/**
 * Huawei Cloud's services: their operations, error catalogues and credentials. One line makes the whole chain, from the metadata token to the signed call:
 *
 * <pre>{@code
 * Call.Factory calls = HuaweiIMetal.signedByAgency(okHttpClient, "cn-east-3"); // OkHttp
 * HttpClient calls = HoldfastHttpClient.wrap(httpClient, HuaweiIMetal.chain("cn-east-3")); // java.net.http
 * }</pre>
 *
 * <p>The long form is {@link HuaweiMetadata#tokens} and {@link HuaweiMetadata#securityKeys}. To change a policy, or to close the chain's sources, use {@link dev.holdfast.core.Holdfast.Chain}.
 */
@NullMarked
package dev.holdfast.huawei;

import org.jspecify.annotations.NullMarked;
