package dev.holdfast.cli;

import dev.holdfast.core.time.TimeSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A command run within the test, and what it left behind. */
record Run(int exit, String out, String err) {

    static Run of(String... args) {
        return of(new byte[0], args);
    }

    static Run of(byte[] input, String... args) {
        Streams streams = new Streams();
        return streams.ended(Main.run(args, new ByteArrayInputStream(input), streams.out, streams.err));
    }

    static Run lines(String input, String... args) {
        return of(input.getBytes(StandardCharsets.UTF_8), args);
    }

    /** With a clock that skips the waits. */
    static Run in(TimeSource clock, String... args) {
        Streams streams = new Streams();
        ByteArrayInputStream nothing = new ByteArrayInputStream(new byte[0]);
        return streams.ended(
                HoldfastCommand.line(nothing, streams.out, streams.err, clock).execute(args));
    }

    List<String> outLines() {
        return out.lines().toList();
    }

    private static final class Streams {
        private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        private final PrintStream out = new PrintStream(outBytes, false, StandardCharsets.UTF_8);
        private final PrintStream err = new PrintStream(errBytes, true, StandardCharsets.UTF_8);

        private Run ended(int exit) {
            out.flush();
            return new Run(exit, outBytes.toString(StandardCharsets.UTF_8), errBytes.toString(StandardCharsets.UTF_8));
        }
    }
}
