package dev.holdfast.azure;

import java.util.List;
import java.util.Objects;

/**
 * Where Resource Manager is in each cloud (azure-docs services-support-managed-identities: resource ids by cloud; the names are those of
 * IMDS's azEnvironment, azure-docs instance-metadata-service, and of the Azure CLI).
 */
record AzureClouds(String name, String cliName, String manager, List<String> further) {
    static final AzureClouds PUBLIC = new AzureClouds(
            "AzurePublicCloud", "AzureCloud", "management.azure.com", List.of("*.diagnostic.compute.azure.com"));

    private static final List<AzureClouds> ALL = List.of(
            PUBLIC,
            new AzureClouds("AzureUSGovernmentCloud", "AzureUSGovernment", "management.usgovcloudapi.net", List.of()),
            new AzureClouds("AzureChinaCloud", "AzureChinaCloud", "management.chinacloudapi.cn", List.of()));

    private static final String CLOSED = "AzureGermanCloud";

    static AzureClouds named(String cloud) {
        Objects.requireNonNull(cloud, "cloud must not be null");
        for (AzureClouds one : ALL) {
            if (one.name.equalsIgnoreCase(cloud) || one.cliName.equalsIgnoreCase(cloud)) {
                return one;
            }
        }
        // It ended on 2021-10-29 (learn.microsoft.com, Azure Germany closure).
        String why = cloud.equalsIgnoreCase(CLOSED)
                ? "cloud \"" + cloud + "\" was closed in 2021; its regions today are in AzurePublicCloud"
                : "cloud must be AzurePublicCloud, AzureUSGovernmentCloud or AzureChinaCloud, but is \"" + cloud + "\"";
        throw new IllegalArgumentException(
                why
                        + "; for another one use Holdfast.builder(AzureVmInspector.SERVICE).endpoint(URI) with its Resource Manager");
    }
}
