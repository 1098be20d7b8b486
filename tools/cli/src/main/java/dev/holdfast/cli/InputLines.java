package dev.holdfast.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of UTF-8, one in memory at a time. Only a line feed ends a line; bytes that are no UTF-8 are replaced. */
final class InputLines {
    static final int LONGEST = 16 * 1024 * 1024;

    private final InputStream in;
    private final BeforeRead before;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;
    private int number;

    InputLines(InputStream in, BeforeRead before) {
        this.in = in;
        this.before = before;
    }

    /** Asked before every read, because it may block: what has been written should be sent first. */
    interface BeforeRead {
        /** False ends the lines: nobody reads the answers any more. */
        boolean goOn() throws IOException;
    }

    /** The number of the line that was given last, from 1. */
    int number() {
        return number;
    }

    /** Null at the end. */
    @Nullable
    String next() throws IOException, BadLine {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        boolean any = false;
        boolean tooLong = false;
        while (at < end || fill()) {
            any = true;
            int newline = at;
            while (newline < end && buffer[newline] != '\n') {
                newline++;
            }
            tooLong |= line.size() + (newline - at) > LONGEST;
            if (!tooLong) {
                line.write(buffer, at, newline - at);
            }
            at = Math.min(end, newline + 1);
            if (newline < end) {
                break;
            }
        }
        if (!any) {
            return null;
        }
        number++;
        if (tooLong) {
            throw new BadLine("the line is longer than " + LONGEST + " bytes");
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = before.goOn() ? Math.max(0, in.read(buffer)) : 0;
        return end > 0;
    }
}
