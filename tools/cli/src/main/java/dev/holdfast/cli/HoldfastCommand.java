package dev.holdfast.cli;

import dev.holdfast.core.time.TimeSource;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

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
            "Services, each with the address that get calls without --endpoint. A regional service has that of",
            "a default region; an answer is explained the same for every region:"
        })
final class HoldfastCommand implements Callable<Integer> {
    private static final int WIDTH = 100;

    static CommandLine line(InputStream in, PrintStream out, PrintStream err, TimeSource clock) {
        WrongUsageReport report = new WrongUsageReport();
        CommandLine line = new CommandLine(withServices(CommandSpec.forAnnotatedObject(new HoldfastCommand())))
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

    /** The services stand in no annotation: they are those on the class path. */
    private static CommandSpec withServices(CommandSpec spec) {
        Stream<String> services = KnownServices.all().stream()
                .map(service -> String.format(Locale.ROOT, "  %-20s %s", service.id(), service.baseUrl()));
        spec.usageMessage()
                .footer(Stream.concat(Arrays.stream(spec.usageMessage().footer()), services)
                        .toArray(String[]::new));
        return spec;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    @Override
    public Integer call() {
        throw new WrongUsage("COMMAND is missing; it must be demo, explain, get, catalog or emulate");
    }
}
