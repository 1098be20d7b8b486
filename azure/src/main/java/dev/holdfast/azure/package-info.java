/**
 * Azure's services: their operations, error catalogues and credentials. One line makes the whole chain, from the managed identity's token to the call of VM Inspector:
 *
 * <pre>{@code
 * Call.Factory calls = AzureVmInspector.byManagedIdentity(okHttpClient); // OkHttp
 * HttpClient calls = HoldfastHttpClient.wrap(httpClient, AzureVmInspector.chain("AzurePublicCloud")); // java.net.http
 * }</pre>
 *
 * <p>The long form is {@link AzureImds#managedIdentity}. To change a policy, or to close the chain's sources, use {@link dev.holdfast.core.Holdfast.Chain}.
 */
@NullMarked
package dev.holdfast.azure;

import org.jspecify.annotations.NullMarked;
