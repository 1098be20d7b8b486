package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.time.VirtualTime;
import dev.holdfast.emulators.azure.AzureImdsEmulator;
import dev.holdfast.testkit.emulator.Scenario;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GetCommandTest {
    private final VirtualTime time = VirtualTime.skipping();
    private final AzureImdsEmulator imds = new AzureImdsEmulator(time).start();

    @AfterEach
    void close() {
        imds.close();
    }

    private Run get(String path, String... options) {
        List<String> args = new ArrayList<>(
                List.of("get", "azure/imds", path, "--endpoint", imds.url().toString()));
        args.addAll(List.of(options));
        return Run.in(time, args.toArray(String[]::new));
    }

    @Test
    void theBodyGoesToStandardOutputAndOneLineToStandardError() {
        Run run = get("/metadata/versions");
        assertThat(run.exit()).isZero();
        assertThat(run.out()).startsWith("{").contains("apiVersions");
        assertThat(run.err())
                .startsWith("azure/imds versions: succeeded after 1 attempt")
                .hasLineCount(1);
    }

    @Test
    void waitsAreToldAndTheTimelineHasALineAnAttempt() {
        imds.play(Scenario.throttle(2));
        Run run = get("/metadata/versions", "--timeline", "--preset", "background");
        assertThat(run.exit()).isZero();
        assertThat(run.err().lines().toList())
                .hasSize(7)
                .satisfiesExactly(
                        line -> assertThat(line).matches("attempt 1: throttled; the next follows in \\d\\.\\d s"),
                        line -> assertThat(line).startsWith("attempt 2: throttled;"),
                        line -> assertThat(line).startsWith("#  "),
                        line -> assertThat(line).startsWith("1  "),
                        line -> assertThat(line).startsWith("2  "),
                        line -> assertThat(line).startsWith("3  ").contains("200"),
                        line -> assertThat(line).contains("succeeded after 3 attempts"));
    }

    @Test
    void anotherAnswerIsPrintedToo() {
        imds.withoutLoadBalancer();
        Run run = get("/metadata/loadbalancer?api-version=2020-10-01");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).contains("No load balancer metadata is found");
        assertThat(run.err()).contains("gave up (failed) after 1 attempt", "Standard load balancer");
    }

    @Test
    void noAnswerIsAFaultWithAdvice() {
        imds.play(Scenario.dropConnection(10));
        Run run = get("/metadata/versions", "--preset", "interactive");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("holdfast get: no answer: ", "gave up (attempts) after 3 attempts", "connection was lost")
                .doesNotContain("\tat ");
    }

    @Test
    void aBodyThatBreaksOffIsAFault() {
        imds.play(Scenario.truncatedBody(1));
        Run run = get("/metadata/versions");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).startsWith("{");
        assertThat(run.err()).contains("holdfast get: the body broke off: ").doesNotContain("no answer");
    }

    @Test
    void headersAreSent() {
        get("/metadata/versions", "--header", "x-ms-client-request-id: mine", "--header", "Metadata: true");
        assertThat(imds.requests().get(0).headers().all("x-ms-client-request-id"))
                .containsExactly("mine");
        assertThat(imds.requests().get(0).headers().all("Metadata")).containsExactly("true");
    }

    @Test
    void aPathThatLooksLikeAHostStaysAPath() {
        Run run = get("//elsewhere.example/metadata");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(imds.requests().get(0).target()).isEqualTo("//elsewhere.example/metadata");
    }
}
