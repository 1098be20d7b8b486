package dev.holdfast.cli;

/** One line of input cannot be explained; the run goes on. Its message names argument, value and rule. */
final class BadLine extends Exception {
    private static final long serialVersionUID = 1;

    BadLine(String sentence) {
        super(sentence, null, false, false);
    }
}
