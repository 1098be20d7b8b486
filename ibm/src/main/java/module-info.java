/** The services of IBM Cloud: operations, catalogues and credentials. */
module dev.holdfast.ibm {
    requires transitive dev.holdfast.core;
    requires transitive dev.holdfast.okhttp;
    requires static org.jspecify;

    exports dev.holdfast.ibm;

    provides dev.holdfast.core.ServiceProvider with
            dev.holdfast.ibm.internal.IbmServices;
}
