package dev.holdfast.cli;

import dev.holdfast.core.service.Service;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Explains a stream of answers, in order, with one line in memory at a time. */
final class ExplainLines {
    private final InputStream in;
    private final PrintStream out;
    private final @Nullable Service otherwise;

    ExplainLines(InputStream in, PrintStream out, @Nullable Service otherwise) {
        this.in = in;
        this.out = out;
        this.otherwise = otherwise;
    }

    void run() throws IOException {
        try (DecisionJson json = new DecisionJson(out)) {
            // Whoever asks line by line gets his answer before he must ask again.
            InputLines lines = new InputLines(in, () -> {
                json.flush();
                return !out.checkError();
            });
            while (answerNext(lines, json)) {}
        }
    }

    private boolean answerNext(InputLines lines, DecisionJson json) throws IOException {
        try {
            String line = lines.next();
            if (line == null) {
                return false;
            }
            json.write(AnswerLine.read(line, otherwise));
        } catch (BadLine bad) {
            json.write(bad, lines.number());
        }
        return true;
    }
}
