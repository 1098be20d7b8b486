package dev.holdfast.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** One sentence instead of a page of help or a stack trace. */
final class WrongUsageReport implements IParameterExceptionHandler, IExecutionExceptionHandler {

    @Override
    public int handleParseException(ParameterException fault, String[] args) {
        CommandLine line = fault.getCommandLine();
        String sentence = fault instanceof UnmatchedArgumentException unmatched
                ? unmatched(line, unmatched)
                : String.valueOf(fault.getMessage());
        return report(line, sentence);
    }

    @Override
    public int handleExecutionException(Exception fault, CommandLine line, ParseResult parsed) {
        if (fault instanceof WrongUsage) {
            return report(line, String.valueOf(fault.getMessage()));
        }
        line.getErr().println(name(line) + ": " + fault);
        return 1;
    }

    private static String unmatched(CommandLine line, UnmatchedArgumentException fault) {
        String argument = fault.getUnmatched().get(0);
        boolean command = !line.getSubcommands().isEmpty() && !argument.startsWith("-");
        StringBuilder sentence = new StringBuilder()
                .append('"')
                .append(argument)
                .append(
                        command
                                ? "\" is not a command"
                                : argument.startsWith("-") ? "\" is not an option" : "\" is one argument too many");
        if (command) {
            sentence.append("; commands are ")
                    .append(String.join(", ", line.getSubcommands().keySet()));
        }
        List<String> similar = command || argument.startsWith("-") ? fault.getSuggestions() : List.of();
        if (!similar.isEmpty()) {
            sentence.append("; did you mean ").append(similar.get(0)).append('?');
        }
        return sentence.toString();
    }

    private static int report(CommandLine line, String sentence) {
        String name = name(line);
        line.getErr().println(name + ": " + sentence);
        line.getErr().println("Try '" + name + " --help'.");
        return 2;
    }

    private static String name(CommandLine line) {
        return line.getCommandSpec().qualifiedName();
    }
}
