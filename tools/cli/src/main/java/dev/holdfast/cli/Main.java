package dev.holdfast.cli;

import dev.holdfast.core.time.TimeSource;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The command line's entry. */
public final class Main {
    private Main() {}

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param args the command and its arguments
     */
    public static void main(String[] args) {
        // Always UTF-8, whatever the machine's locale: JSON has no other encoding, and agents often run in the C
        // locale.
        StandardOutput standard = new StandardOutput();
        PrintStream out = new PrintStream(new BufferedOutputStream(standard, 1 << 16), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int exit = run(args, System.in, out, err);
        String fault = standard.fault();
        if (fault != null) {
            err.println("holdfast: the output could not be written: " + fault);
        }
        System.exit(exit);
    }

    /**
     * Runs a command within this process.
     *
     * @param args the command and its arguments
     * @param in what {@code explain --jsonl} and {@code --body-file -} read
     * @param out where results go
     * @param err where faults and timelines go
     * @return the exit code: 0 done, 1 the command's own failure or an output that could not be written, 2 wrong usage
     */
    public static int run(String[] args, InputStream in, PrintStream out, PrintStream err) {
        CommandLine line = HoldfastCommand.line(in, out, err, TimeSource.system());
        int exit = line.execute(args);
        boolean lost = out.checkError();
        return exit == 0 && lost ? 1 : exit;
    }
}
