/** Emulators of the services of four clouds on the loopback address. */
module dev.holdfast.emulators {
    requires transitive dev.holdfast.core;
    requires transitive dev.holdfast.testkit;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires dev.holdfast.alibaba;
    requires dev.holdfast.azure;
    requires dev.holdfast.huawei;
    requires dev.holdfast.ibm;
    requires static org.jspecify;
    // Only the JUnit extension needs it; an emulator starts without.
    requires static transitive org.junit.jupiter.api;

    exports dev.holdfast.emulators.alibaba;
    exports dev.holdfast.emulators.azure;
    exports dev.holdfast.emulators.demo;
    exports dev.holdfast.emulators.huawei;
    exports dev.holdfast.emulators.ibm;

    uses dev.holdfast.emulators.demo.DemoProvider;

    provides dev.holdfast.testkit.emulator.EmulatorProvider with
            dev.holdfast.emulators.azure.AzureEmulators,
            dev.holdfast.emulators.ibm.IbmEmulators,
            dev.holdfast.emulators.huawei.HuaweiEmulators,
            dev.holdfast.emulators.alibaba.AlibabaEmulators;
    provides dev.holdfast.emulators.demo.DemoProvider with
            dev.holdfast.emulators.azure.AzureDemo,
            dev.holdfast.emulators.ibm.IbmDemo,
            dev.holdfast.emulators.huawei.HuaweiDemo,
            dev.holdfast.emulators.alibaba.AlibabaDemo;
}
