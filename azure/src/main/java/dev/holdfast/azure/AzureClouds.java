package dev.holdfast.azure;

import java.util.List;
import java.util.Objects;

/**
 * Where Resource Manager is in each cloud (azure-docs services-support-managed-identities: resource ids by cloud; the names are those of
 * IMDS's azEnvironment, azure-docs instance-metadata-service, and of the Azure CLI).
 */
enum AzureClouds {
    PUBLIC(List.of("AzurePublicCloud", "AzureCloud"), "management.azure.com", "*.diagnostic.compute.azure.com"),
    US_GOVERNMENT(List.of("AzureUSGovernmentCloud", "AzureUSGovernment"), "management.usgovcloudapi.net"),
    CHINA(List.of("AzureChinaCloud"), "management.chinacloudapi.cn");

    private static final String CLOSED = "AzureGermanCloud";

    private final List<String> names;
    private final String manager;
    private final List<String> further;

    AzureClouds(List<String> names, String manager, String... further) {
        this.names = names;
        this.manager = manager;
        this.further = List.of(further);
    }

    static AzureClouds named(String cloud) {
        Objects.requireNonNull(cloud, "cloud must not be null");
        for (AzureClouds one : values()) {
            if (one.names.stream().anyMatch(cloud::equalsIgnoreCase)) {
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

    String manager() {
        return manager;
    }

    String[] further() {
        return further.toArray(String[]::new);
    }
}
