package dev.holdfast.cli;

import dev.holdfast.core.time.TimeSource;
import dev.holdfast.testkit.emulator.Emulator;
import dev.holdfast.testkit.emulator.Emulators;
import dev.holdfast.testkit.emulator.Scenario;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An emulator for an agent that is written in whatever language. */
@Command(
        name = "emulate",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        header = "Runs an emulated service on the loopback address until it is stopped.",
        synopsisHeading = "%nUsage: ",
        descriptionHeading = "%n",
        description = {
            "It checks requests as the real service does, issues tokens that expire and are checked, and",
            "misbehaves where a scenario says so. Prints its address and what to ask it with.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "1:it could not listen, and the sentence says why",
            "2:wrong usage",
            "130:you stopped it (Ctrl-C)"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast emulate azure/imds --port 8169",
            "  holdfast emulate ibm/vpc-metadata --scenario credentials-expired --scenario token-down"
        })
final class EmulateCommand implements Callable<Integer> {
    private static final int LAST_PORT = 65_535;

    private final PrintStream out;
    private final PrintStream err;
    private final TimeSource clock;
    private final CountDownLatch stopped;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SERVICE",
            description = "who is emulated, such as azure/imds")
    private @Nullable String service;

    @Option(names = "--port", paramLabel = "N", description = "where to listen; any free port unless you say one")
    private @Nullable String port;

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            completionCandidates = ScenarioNames.class,
            description =
                    "what goes wrong first; may be repeated, one is played after the other: ${COMPLETION-CANDIDATES}")
    private List<String> scenarios = new ArrayList<>();

    EmulateCommand(PrintStream out, PrintStream err, TimeSource clock) {
        // Nobody counts it down: the process is stopped from outside.
        this(out, err, clock, new CountDownLatch(1));
    }

    EmulateCommand(PrintStream out, PrintStream err, TimeSource clock, CountDownLatch stopped) {
        this.out = out;
        this.err = err;
        this.clock = clock;
        this.stopped = stopped;
    }

    /** For the help text. */
    static final class ScenarioNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Scenario.names().keySet().iterator();
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        int wanted = port();
        List<Scenario> plays = scenarios.stream().map(EmulateCommand::scenario).toList();
        try (Emulator emulator = emulator()) {
            try {
                emulator.start(wanted);
            } catch (UncheckedIOException e) {
                err.println("holdfast emulate: " + e.getMessage());
                return 1;
            }
            plays.forEach(emulator::play);
            announce(emulator);
            stopped.await();
        }
        return 0;
    }

    private void announce(Emulator emulator) {
        out.println(service + " is emulated at " + emulator.url() + " until you stop it (Ctrl-C).");
        for (String name : scenarios) {
            out.println("Scenario " + name + ": " + Scenario.names().get(name));
        }
        out.println();
        out.println("Ask it, for example:");
        emulator.examples().forEach(line -> out.println("  " + line));
        // Whoever reads it through a pipe waits for the address.
        out.flush();
    }

    private Emulator emulator() {
        if (service == null) {
            throw new WrongUsage("SERVICE is missing; there are " + String.join(", ", Emulators.ids()));
        }
        try {
            return Emulators.of(service, clock);
        } catch (IllegalArgumentException e) {
            throw new WrongUsage(String.valueOf(e.getMessage()));
        }
    }

    private static Scenario scenario(String name) {
        try {
            return Scenario.named(name);
        } catch (IllegalArgumentException e) {
            throw new WrongUsage("--scenario \"" + name + "\" is none of "
                    + String.join(", ", Scenario.names().keySet()));
        }
    }

    private int port() {
        if (port == null) {
            return 0;
        }
        try {
            int number = Integer.parseInt(port);
            if (number >= 0 && number <= LAST_PORT) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, as any other number that is none of a port.
        }
        throw new WrongUsage("--port \"" + port + "\" is not an integer from 0 to " + LAST_PORT);
    }
}
