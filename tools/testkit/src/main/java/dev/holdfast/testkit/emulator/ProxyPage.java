package dev.holdfast.testkit.emulator;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The page of a web proxy; a resource file, so that it can be read as what it is. */
final class ProxyPage {
    static final String HTML = read();

    private ProxyPage() {}

    private static String read() {
        try (InputStream in = ProxyPage.class.getResourceAsStream("proxy.html")) {
            if (in == null) {
                throw new FileNotFoundException("proxy.html");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
