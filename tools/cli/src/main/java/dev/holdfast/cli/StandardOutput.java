package dev.holdfast.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Remembers why writing failed, because a print stream only knows that it did. */
final class StandardOutput extends FilterOutputStream {
    private @Nullable IOException first;

    StandardOutput() {
        super(new FileOutputStream(FileDescriptor.out));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            first = first == null ? e : first;
            throw e;
        }
    }

    /** Null where all went well, and where the reader just had enough: {@code holdfast … | head} is no fault. */
    @Nullable
    String fault() {
        String message = first == null ? null : String.valueOf(first.getMessage());
        return message == null || message.contains("Broken pipe") ? null : message;
    }
}
