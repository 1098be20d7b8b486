package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.service.Service;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stranger reads first, and what he reads when he has mistyped. */
class HelpAndUsageTest {

    @Test
    void helpNamesTheCommandsAndTheExitCodes() {
        Run run = Run.of("--help");
        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("demo ", "explain ", "get ", "catalog ", "emulate ", "Exit codes:", "Examples:");
    }

    @Test
    void helpNamesEveryServiceAndTheAddressOfItsDefaultRegion() {
        List<String> help = Run.of("--help").outLines();
        assertThat(KnownServices.all())
                .extracting(Service::id)
                .containsExactly(
                        "azure/imds",
                        "azure/vm-inspector",
                        "ibm/vpc-metadata",
                        "huawei/imetal",
                        "huawei/metadata",
                        "alibaba/slb",
                        "alibaba/metadata");
        assertThat(KnownServices.all())
                .allSatisfy(service -> assertThat(help)
                        .anyMatch(line ->
                                line.startsWith("  " + service.id() + " ") && line.endsWith(" " + service.baseUrl())));
        assertThat(help).anyMatch(line -> line.startsWith("  huawei/imetal ") && line.contains("cn-southwest-2"));
        assertThat(help).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "explain", "get", "catalog", "emulate"})
    void everyCommandHasHelpWithAnExample(String command) {
        Run run = Run.of(command, "--help");
        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("Usage: holdfast " + command, "Example", "holdfast " + command + " ");
        assertThat(run.outLines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void versionNamesWhatItRunsOn() {
        assertThat(Run.of("--version").out()).startsWith("Holdfast ").contains("OkHttp 5", "Java ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "` `|COMMAND is missing",
                "exlain|\"exlain\" is not a command; commands are demo, explain, get, catalog, emulate; did you mean explain?",
                "--fast|\"--fast\" is not an option",
                "explain|SERVICE is missing; known: azure/imds",
                "explain azure/imds|--status is missing; it must be an integer from 100 to 999",
                "explain azure/imsd --status 400|\"azure/imsd\" is not a known service; known: azure/imds",
                "explain azure/imds --status 99|\"99\" is not an integer from 100 to 999",
                "explain azure/imds --status 1000|\"1000\" is not an integer from 100 to 999",
                "explain azure/imds --status ok|'--status': \"ok\" is not an integer",
                "explain azure/imds --status|'--status'",
                "explain azure/imds --stauts 400|\"--stauts\" is not an option; did you mean --status?",
                "explain azure/imds more --status 400|\"more\" is one argument too many",
                "explain azure/imds --status 400 --header Server|\"Server\" is not of the form 'Name: value'",
                "explain azure/imds --status 400 --body a --body-file b|--body and --body-file \"b\" are both given",
                "explain azure/imds --status 400 --body-file /no/such|--body-file \"/no/such\" does not exist",
                "explain --jsonl --status 400|--status cannot stand beside --jsonl",
                "explain --jsonl --path /|--path cannot stand beside --jsonl",
                "explain --jsonl --body x|--body cannot stand beside --jsonl",
                "get|'SERVICE', 'PATH'",
                "get azure/imds|'PATH'",
                "get azure/imds metadata|PATH \"metadata\" must start with a slash",
                "get azure/imds http://elsewhere/|PATH \"http://elsewhere/\" must start with a slash",
                "get azure/imds / --preset fast|--preset \"fast\" is none of azure/imds, which has boot, interactive, background",
                "get azure/imds / --endpoint nowhere|--endpoint \"nowhere\" cannot be used",
                "get azure/imds / --endpoint http://h/path|h is followed by the path \"/path\"",
                "get azure/imds / --header Näme:x|--header \"Näme\" has a character that no header may have",
                "get huawei/imetal / --preset boot|--preset \"boot\" is none of huawei/imetal, which has interactive, background",
                "catalog azure|\"azure\" is not a known service; known: azure/imds, azure/vm-inspector, ibm/vpc-metadata",
                "catalog azure/imds ibm/vpc-metadata|\"ibm/vpc-metadata\" is one argument too many",
                "catalog --jsonl|\"--jsonl\" is not an option; did you mean --json?",
                "catalog --docs /no/such|--docs \"/no/such\" cannot be written to",
                "demo --seed soon|--seed \"soon\" is not a whole number",
                "emulate|SERVICE is missing; there are azure/imds, azure/vm-inspector, ibm/vpc-metadata",
                "emulate azure|\"azure\" cannot be emulated; there are azure/imds, azure/vm-inspector",
                "emulate azure/imds twice|\"twice\" is one argument too many",
                "emulate azure/imds --port high|--port \"high\" is not an integer from 0 to 65535",
                "emulate azure/imds --port 65536|--port \"65536\" is not an integer from 0 to 65535",
                "emulate azure/imds --scenario calm|--scenario \"calm\" is none of throttle, updating",
                "emulate azure/imds --scenari throttle|did you mean --scenario?",
                "demo now|\"now\" is one argument too many",
            })
    void wrongUsageIsOneSentenceThatNamesTheArgument(String line, String sentence) {
        Run run = Run.of(
                Arrays.stream(line.split(" ")).filter(word -> !word.isEmpty()).toArray(String[]::new));
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(sentence).doesNotContain("\tat ");
        assertThat(run.err().lines()).hasSize(2).last().asString().startsWith("Try 'holdfast");
    }

    @Test
    void aMistypedHeaderOrAddressIsNotRepeatedInFull() {
        Run header = Run.of("get", "azure/imds", "/", "--header", "Bearer eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0");
        assertThat(header.exit()).isEqualTo(2);
        assertThat(header.err()).doesNotContain("eyJ0eXAiOiJKV1QiLCJh");
        Run address = Run.of("get", "azure/imds", "/", "--endpoint", "http://me:pass@127.0.0.1");
        assertThat(address.exit()).isEqualTo(2);
        assertThat(address.err()).doesNotContain("pass@").contains("--endpoint");
    }
}
