package dev.holdfast.cli;

import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.time.TimeSource;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The main job, shown: an agent's calls and what an endpoint does to them. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        header = "Shows an agent's calls survive what an endpoint does to them.",
        synopsisHeading = "%nUsage: ",
        descriptionHeading = "%n",
        description = {
            "Starts emulators of all seven services on the loopback address and makes an agent's calls to",
            "them through OkHttp with Holdfast, while they throttle, are updated, break off, refuse and let",
            "tokens expire. Prints for each call what happened, attempt by attempt. Needs no network; takes",
            "about 15 s.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every call ended as it must", "1:one did not, and the summary says which", "2:wrong usage"},
        footerHeading = "%nExample:%n",
        footer = "  holdfast demo --seed 7")
final class DemoCommand implements Callable<Integer> {
    private static final int SEEDS = 1_000_000;

    private final PrintStream out;
    private final TimeSource clock;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "draw the same waits as another run with this number, and print the same but for the times "
                    + "that attempts took")
    private @Nullable String seed;

    DemoCommand(PrintStream out, TimeSource clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        long drawn = seed == null ? Randomness.threadLocal().nextInt(SEEDS) : number(seed);
        return new Demo(out, drawn, clock).run() ? 0 : 1;
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new WrongUsage("--seed \"" + text + "\" is not a whole number");
        }
    }
}
