/** The kit for emulators of services, contract tests and the tests of a program that uses Holdfast. Knows no vendor. */
module dev.holdfast.testkit {
    requires transitive dev.holdfast.core;
    requires transitive okhttp3;
    requires com.fasterxml.jackson.databind;
    requires dev.holdfast.okhttp;
    requires mockwebserver3;
    requires okio;
    requires static org.jspecify;
    // Only the package junit needs it; an emulator starts without.
    requires static transitive org.junit.jupiter.api;

    exports dev.holdfast.testkit;
    exports dev.holdfast.testkit.emulator;
    exports dev.holdfast.testkit.junit;
    exports dev.holdfast.testkit.signing;

    uses dev.holdfast.testkit.emulator.EmulatorProvider;
}
