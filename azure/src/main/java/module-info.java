/** The services of Azure: operations, catalogues and credentials. */
module dev.holdfast.azure {
    requires transitive dev.holdfast.core;
    requires transitive dev.holdfast.okhttp;
    requires com.fasterxml.jackson.core;
    requires static org.jspecify;

    exports dev.holdfast.azure;

    provides dev.holdfast.core.ServiceProvider with
            dev.holdfast.azure.internal.AzureServices;
}
