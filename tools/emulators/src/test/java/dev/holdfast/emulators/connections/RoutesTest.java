package dev.holdfast.emulators.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What the kernel says of a missing, prohibited, unreachable or discarded route, in a network namespace of the test's own. Skipped, and reported
 * so, on a machine that gives no such namespace.
 */
class RoutesTest {
    private static final String NONE = "169.254.169.254";
    private static final String PROHIBITED = "198.51.100.1";
    private static final String UNREACHABLE = "198.51.100.2";
    private static final String BLACKHOLE = "198.51.100.3";
    private static final String NOBODY = "127.0.0.1:1";

    private static final String ROUTES = "ip link set lo up && ip route add prohibit " + PROHIBITED
            + " && ip route add unreachable " + UNREACHABLE + " && ip route add blackhole " + BLACKHOLE;

    private static String run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? output : "failed: " + output;
    }

    private static List<String> isolated(String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of("unshare", "-rn", "sh", "-c", script, "sh"));
        command.addAll(List.of(arguments));
        return command;
    }

    private static boolean hasNamespaces() throws Exception {
        try {
            return run(isolated(ROUTES + " && echo ready")).equals("ready\n");
        } catch (IOException noSuchCommand) {
            return false;
        }
    }

    @Test
    void withoutARouteNothingIsProcessedAndNobodyIsThere() throws Exception {
        assumeTrue(hasNamespaces(), "this machine gives no network namespace with routes");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String output = run(isolated(
                ROUTES + " && exec \"$@\"",
                java,
                "-cp",
                System.getProperty("java.class.path"),
                AgentWithoutARoute.class.getName(),
                NONE,
                PROHIBITED,
                UNREACHABLE,
                BLACKHOLE,
                NOBODY));
        List<String> expected = new ArrayList<>();
        for (String address : List.of(NONE, PROHIBITED, UNREACHABLE, BLACKHOLE, NOBODY)) {
            for (String adapter : List.of("okhttp", "jdk")) {
                expected.add(address + " " + adapter + " ABSENT fault/connect processed NO");
            }
        }
        assertThat(output.lines()).containsExactlyElementsOf(expected);
    }
}
