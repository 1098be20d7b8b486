/** The services of Huawei Cloud: operations, catalogues and credentials. */
module dev.holdfast.huawei {
    requires transitive dev.holdfast.core;
    requires transitive dev.holdfast.okhttp;
    requires static org.jspecify;

    exports dev.holdfast.huawei;

    provides dev.holdfast.core.ServiceProvider with
            dev.holdfast.huawei.internal.HuaweiServices;
}
