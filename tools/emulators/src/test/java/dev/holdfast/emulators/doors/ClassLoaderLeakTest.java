package dev.holdfast.emulators.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** After the last Holdfast of an application nothing of ours holds its class loader, neither a thread nor a registry. */
class ClassLoaderLeakTest {
    @Test
    void anApplicationThatHasGoneIsCollected() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // The JDK keeps types of records in soft references, which would last for hours.
                        "-XX:SoftRefLRUPolicyMSPerMB=0",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ContainerOfAnAgent.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        assertThat(output).containsPattern("(?m)^[1-9][0-9]* requests$").contains("collected");
        assertThat(process.exitValue()).isZero();
    }
}
