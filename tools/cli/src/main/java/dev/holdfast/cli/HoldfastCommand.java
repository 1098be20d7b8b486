package dev.holdfast.cli;

import dev.holdfast.core.time.TimeSource;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command above all commands. */
@Command(
        name = "holdfast",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        descriptionHeading = "%n",
        description = {
            "Reads what a cloud's metadata and control endpoints say in their errors, and decides:",
            "retry, fail or reauthenticate.",
            ""
        },
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it went well",
            "1:it did not: see the command's own help",
            "2:wrong usage; one sentence says which argument and why"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast demo",
            "  holdfast explain azure/imds --status 429 --body '{\"error\":\"Too many requests\"}'",
            "  holdfast explain --help",
            "",
            "Services: azure/imds, azure/vm-inspector, ibm/vpc-metadata, huawei/imetal, huawei/metadata,",
            "alibaba/slb, alibaba/metadata. Regional ones are those of a default region: huawei/imetal of",
            KnownServices.IMETAL_REGION + ", alibaba/slb of " + KnownServices.SLB_REGION
                    + ". An answer is explained the same for every region;",
            "get takes another region's address as --endpoint."
        })
final class HoldfastCommand implements Callable<Integer> {
    private static final int WIDTH = 100;

    static CommandLine line(InputStream in, PrintStream out, PrintStream err, TimeSource clock) {
        WrongUsageReport report = new WrongUsageReport();
        CommandLine line = new CommandLine(new HoldfastCommand())
                .addSubcommand(new DemoCommand(out, clock))
                .addSubcommand(new ExplainCommand(in, out))
                .addSubcommand(new GetCommand(out, err, clock))
                .addSubcommand(new CatalogCommand(out))
                .addSubcommand(new EmulateCommand(out, err, clock));
        return line.setOut(writer(out))
                .setErr(writer(err))
                .setUsageHelpWidth(WIDTH)
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                // A body may begin with an at sign, which is no file of arguments.
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(report)
                .setExecutionExceptionHandler(report);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    @Override
    public Integer call() {
        throw new WrongUsage("COMMAND is missing; it must be demo, explain, get, catalog or emulate");
    }
}
