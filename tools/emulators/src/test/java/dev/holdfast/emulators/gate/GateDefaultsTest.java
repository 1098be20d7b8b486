package dev.holdfast.emulators.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.alibaba.AlibabaMetadata;
import dev.holdfast.alibaba.AlibabaSlb;
import dev.holdfast.azure.AzureImds;
import dev.holdfast.azure.AzureVmInspector;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Service;
import dev.holdfast.huawei.HuaweiIMetal;
import dev.holdfast.huawei.HuaweiMetadata;
import dev.holdfast.ibm.IbmVpcMetadata;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gates are just below what is documented, because the limits hold for the VM and other agents share them; elsewhere they are open. */
class GateDefaultsTest {
    private static double perSecond(Limits settings) {
        return 1e9 / Objects.requireNonNull(settings.interval()).toNanos();
    }

    /** Documented: 5 a second; of identity 20 a second and 5 at once. */
    @Test
    void azureImdsStaysBelowItsThreeLimits() {
        Limits usual = AzureImds.SERVICE.limits("default");
        assertThat(perSecond(usual)).isBetween(4.5, 4.99);
        assertThat(usual.concurrency()).isZero();
        Limits identity = AzureImds.SERVICE.limits("identity");
        assertThat(perSecond(identity)).isBetween(18.0, 19.9);
        assertThat(identity.concurrency()).isEqualTo(4);
        assertThat(AzureImds.SERVICE.operations())
                .extracting(Operation::category)
                .contains("identity")
                .isSubsetOf("default", "identity");
    }

    static Stream<Service> others() {
        return Stream.of(
                AzureVmInspector.SERVICE,
                IbmVpcMetadata.SERVICE,
                HuaweiIMetal.in("cn-east-3"),
                HuaweiMetadata.SERVICE,
                AlibabaSlb.in("cn-hangzhou"),
                AlibabaMetadata.SERVICE);
    }

    @ParameterizedTest
    @MethodSource("others")
    void whereNoLimitIsDocumentedThereIsNone(Service service) {
        assertThat(service.operations())
                .isNotEmpty()
                .allSatisfy(operation ->
                        assertThat(service.limits(operation.category())).isEqualTo(Limits.NONE));
    }

    @Test
    void theIntervalIsTheRatesShareOfThePeriod() {
        assertThat(Limits.NONE.rate(10, Duration.ofMillis(2_100)).interval()).isEqualTo(Duration.ofMillis(210));
    }
}
