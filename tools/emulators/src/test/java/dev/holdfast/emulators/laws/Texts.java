package dev.holdfast.emulators.laws;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What an operator would find in a log. */
public final class Texts {
    private Texts() {}

    /** With all causes and suppressed ones. */
    public static String of(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
