/** The services of Alibaba Cloud: operations, catalogues and credentials. */
module dev.holdfast.alibaba {
    requires transitive dev.holdfast.core;
    requires transitive dev.holdfast.okhttp;
    requires static org.jspecify;

    exports dev.holdfast.alibaba;

    provides dev.holdfast.core.ServiceProvider with
            dev.holdfast.alibaba.internal.AlibabaServices;
}
