package dev.holdfast.emulators.doors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.alibaba.AlibabaMetadata;
import dev.holdfast.alibaba.AlibabaSlb;
import dev.holdfast.azure.AzureImds;
import dev.holdfast.azure.AzureVmInspector;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.policy.RetryPolicy;
import dev.holdfast.huawei.HuaweiIMetal;
import dev.holdfast.huawei.HuaweiMetadata;
import dev.holdfast.ibm.IbmVpcMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The waits and bounds that the Javadoc of each service and preset names are the ones that its policy computes: the Javadoc itself is read. */
class PresetWaitsTest {
    private static final Pattern WAITS = Pattern.compile(
            "\\b((?:TRANSIENT|THROTTLE|STARTUP|MAINTENANCE)(?:(?:,| and) (?:TRANSIENT|THROTTLE))?)[^;.]*?"
                    + " ((?:[\\d.]+–[\\d.]+, )*[\\d.]+–[\\d.]+) s\\b");

    private static Arguments row(String file, String preset, RetryPolicy policy) {
        return Arguments.of(file, preset, policy);
    }

    private static Arguments row(String file, String preset, Holdfast.Builder builder) {
        return row(file, preset, builder.build().policy());
    }

    static Stream<Arguments> policies() {
        return Stream.of(
                row("azure/AzureImds", "class", AzureImds.SERVICE.policy()),
                row("azure/AzureImds", "boot", AzureImds.boot()),
                row("azure/AzureImds", "interactive", AzureImds.interactive()),
                row("azure/AzureImds", "background", AzureImds.background()),
                row("azure/AzureVmInspector", "class", AzureVmInspector.SERVICE.policy()),
                row("azure/AzureVmInspector", "interactive", AzureVmInspector.interactive()),
                row("azure/AzureVmInspector", "background", AzureVmInspector.background()),
                row("ibm/IbmVpcMetadata", "class", IbmVpcMetadata.SERVICE.policy()),
                row("ibm/IbmVpcMetadata", "boot", IbmVpcMetadata.boot()),
                row("ibm/IbmVpcMetadata", "interactive", IbmVpcMetadata.interactive()),
                row("ibm/IbmVpcMetadata", "background", IbmVpcMetadata.background()),
                row("huawei/HuaweiIMetal", "class", HuaweiIMetal.in("cn-east-3").policy()),
                row("huawei/HuaweiIMetal", "interactive", HuaweiIMetal.interactive("cn-east-3")),
                row("huawei/HuaweiIMetal", "background", HuaweiIMetal.background("cn-east-3")),
                row("huawei/HuaweiMetadata", "class", HuaweiMetadata.SERVICE.policy()),
                row("huawei/HuaweiMetadata", "boot", HuaweiMetadata.boot()),
                row("huawei/HuaweiMetadata", "interactive", HuaweiMetadata.interactive()),
                row("huawei/HuaweiMetadata", "background", HuaweiMetadata.background()),
                row("alibaba/AlibabaSlb", "class", AlibabaSlb.SERVICE.policy()),
                row("alibaba/AlibabaSlb", "interactive", AlibabaSlb.interactive("cn-hangzhou")),
                row("alibaba/AlibabaSlb", "background", AlibabaSlb.background("cn-hangzhou")),
                row("alibaba/AlibabaMetadata", "class", AlibabaMetadata.SERVICE.policy()),
                row("alibaba/AlibabaMetadata", "boot", AlibabaMetadata.boot()),
                row("alibaba/AlibabaMetadata", "interactive", AlibabaMetadata.interactive()),
                row("alibaba/AlibabaMetadata", "background", AlibabaMetadata.background()));
    }

    private static String javadoc(String file, String preset) throws IOException {
        String[] parts = file.split("/");
        String text = Files.readString(
                Path.of("..", "..", parts[0], "src/main/java/dev/holdfast", parts[0], parts[1] + ".java"));
        int at = text.indexOf(preset.equals("class") ? "public final class" : " Holdfast.Builder " + preset + "(");
        assertThat(at).isPositive();
        return text.substring(text.lastIndexOf("/**", at), at).replaceAll("\\s*\\n\\s*\\*\\s?", " ");
    }

    @ParameterizedTest
    @MethodSource("policies")
    void theWaitsInTheJavadocAreTheComputedOnes(String file, String preset, RetryPolicy policy) throws IOException {
        Matcher named = WAITS.matcher(javadoc(file, preset));
        int found = 0;
        while (named.find()) {
            for (Pace pace : Pace.values()) {
                if (named.group(1).contains(pace.name())) {
                    found++;
                    assertThat(computed(policy.backoff(pace), named.group(2).split(", ").length))
                            .as(named.group())
                            .isEqualTo(List.of(named.group(2).split(", ")));
                }
            }
        }
        assertThat(found).as("waits named").isPositive();
    }

    private static List<String> computed(Backoff backoff, int count) {
        List<String> ranges = new ArrayList<>();
        for (int retry = 0; retry < count; retry++) {
            Backoff.Range range = backoff.range(retry);
            ranges.add(number(range.least()) + "–" + number(range.most()));
        }
        return ranges;
    }

    private static String number(Duration duration) {
        return String.valueOf(duration.toMillis() / 1000.0).replaceAll("\\.0$", "");
    }

    @ParameterizedTest
    @MethodSource("policies")
    void attemptsAndDeadlineInTheJavadocAreThePolicys(String file, String preset, RetryPolicy policy)
            throws IOException {
        String text = javadoc(file, preset);
        Matcher attempts =
                Pattern.compile("attempts</td><td>(\\d+)|\\((\\d+) attempts\\)").matcher(text);
        Matcher deadline = Pattern.compile("deadline</td><td>(\\d+) (s|min)|Deadline (\\d+) (s|min)")
                .matcher(text);
        assertThat(attempts.find()).isTrue();
        assertThat(deadline.find()).isTrue();
        String number = attempts.group(1) == null ? attempts.group(2) : attempts.group(1);
        assertThat(policy.maxAttempts()).isEqualTo(Integer.parseInt(number));
        int from = deadline.group(1) == null ? 3 : 1;
        long amount = Long.parseLong(deadline.group(from));
        boolean minutes = deadline.group(from + 1).equals("min");
        assertThat(policy.deadline()).isEqualTo(minutes ? Duration.ofMinutes(amount) : Duration.ofSeconds(amount));
    }
}
