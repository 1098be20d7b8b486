/**
 * IBM Cloud's services: their operations, error catalogues and credentials. One line makes the whole chain, from the instance identity token to the metadata call:
 *
 * <pre>{@code
 * Call.Factory calls = IbmVpcMetadata.withIdentityTokens(okHttpClient); // OkHttp
 * HttpClient calls = HoldfastHttpClient.wrap(httpClient, IbmVpcMetadata.chain()); // java.net.http
 * }</pre>
 *
 * <p>The long form is {@link IbmVpcMetadata#identityTokens}. To change a policy, or to close the chain's sources, use {@link dev.holdfast.core.Holdfast.Chain}.
 */
@NullMarked
package dev.holdfast.ibm;

import org.jspecify.annotations.NullMarked;
