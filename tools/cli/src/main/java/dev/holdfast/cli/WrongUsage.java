package dev.holdfast.cli;

/** Exit 2 and one sentence that names the argument and the value. */
final class WrongUsage extends RuntimeException {
    private static final long serialVersionUID = 1;

    WrongUsage(String sentence) {
        super(sentence, null, false, false);
    }
}
