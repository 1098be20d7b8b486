package dev.holdfast.cli;

import okhttp3.OkHttp;
import picocli.CommandLine;

/** What {@code --version} prints. */
final class Version implements CommandLine.IVersionProvider {

    @Override
    public String[] getVersion() {
        String own = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "Holdfast " + (own == null ? "(not packaged)" : own),
            "OkHttp " + OkHttp.VERSION + ", Java " + Runtime.version()
        };
    }
}
