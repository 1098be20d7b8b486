package dev.holdfast.cli;

import dev.holdfast.alibaba.AlibabaMetadata;
import dev.holdfast.alibaba.AlibabaSlb;
import dev.holdfast.azure.AzureImds;
import dev.holdfast.azure.AzureVmInspector;
import dev.holdfast.core.service.Service;
import dev.holdfast.huawei.HuaweiIMetal;
import dev.holdfast.huawei.HuaweiMetadata;
import dev.holdfast.ibm.IbmVpcMetadata;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The services that the command line can name. A regional one stands here with a default region, which matters to {@code get} only. */
final class KnownServices implements ITypeConverter<KnownService> {
    static final String IMETAL_REGION = "cn-southwest-2";
    static final String SLB_REGION = "cn-hangzhou";

    private static final List<KnownService> ALL = List.of(
            KnownService.of(AzureImds.SERVICE)
                    .with("boot", AzureImds::boot)
                    .with("interactive", AzureImds::interactive)
                    .with("background", AzureImds::background),
            KnownService.of(AzureVmInspector.SERVICE)
                    .with("interactive", AzureVmInspector::interactive)
                    .with("background", AzureVmInspector::background),
            KnownService.of(IbmVpcMetadata.SERVICE)
                    .with("boot", IbmVpcMetadata::boot)
                    .with("interactive", IbmVpcMetadata::interactive)
                    .with("background", IbmVpcMetadata::background),
            KnownService.of(HuaweiIMetal.in(IMETAL_REGION))
                    .with("interactive", () -> HuaweiIMetal.interactive(IMETAL_REGION))
                    .with("background", () -> HuaweiIMetal.background(IMETAL_REGION)),
            KnownService.of(HuaweiMetadata.SERVICE)
                    .with("boot", HuaweiMetadata::boot)
                    .with("interactive", HuaweiMetadata::interactive)
                    .with("background", HuaweiMetadata::background),
            KnownService.of(AlibabaSlb.in(SLB_REGION))
                    .with("interactive", () -> AlibabaSlb.interactive(SLB_REGION))
                    .with("background", () -> AlibabaSlb.background(SLB_REGION)),
            KnownService.of(AlibabaMetadata.SERVICE)
                    .with("boot", AlibabaMetadata::boot)
                    .with("interactive", AlibabaMetadata::interactive)
                    .with("background", AlibabaMetadata::background));

    static List<Service> all() {
        return ALL.stream().map(KnownService::service).toList();
    }

    static @Nullable KnownService find(String id) {
        for (KnownService known : ALL) {
            if (known.service().id().equals(id)) {
                return known;
            }
        }
        return null;
    }

    static String unknown(String id) {
        return "\"" + id + "\" is not a known service; known: " + ids();
    }

    static WrongUsage missing() {
        return new WrongUsage("SERVICE is missing; known: " + ids());
    }

    private static String ids() {
        return ALL.stream().map(known -> known.service().id()).collect(Collectors.joining(", "));
    }

    @Override
    public KnownService convert(String id) {
        KnownService known = find(id);
        if (known == null) {
            throw new TypeConversionException(unknown(id));
        }
        return known;
    }
}
