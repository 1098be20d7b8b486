package dev.holdfast.okhttp;

import java.security.CodeSource;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;

/** Refuses an OkHttp that is too old when a client is wrapped: its calls would end with a NoSuchMethodError, and say nothing of the version. */
final class SupportedOkHttp {
    /** The oldest version that the adapter is tested with. */
    private static final String OLDEST = "5.4.0";

    /** Looked up once. Without it, each wrapped client would pay for the reflection. */
    private static final boolean SUPPORTED = hasWhatIsUsed();

    private SupportedOkHttp() {}

    static void check() {
        if (!SUPPORTED) {
            throw new IllegalStateException(
                    "OkHttp " + version() + " (" + jar() + ") is on the class path, but Holdfast needs "
                            + OLDEST
                            + " or later: import holdfast-bom into dependencyManagement, or exclude com.squareup.okhttp3:okhttp"
                            + " where another library brings it");
        }
    }

    private static boolean hasWhatIsUsed() {
        try {
            Call.class.getMethod("addEventListener", EventListener.class);
            // Kotlin is on the path of every OkHttp, and not among what this adapter is compiled against.
            Call.class.getMethod("tag", Class.class, Class.forName("kotlin.jvm.functions.Function0"));
            return true;
        } catch (ReflectiveOperationException tooOld) {
            return false;
        }
    }

    /** By reflection: the compiler would put in the version that Holdfast was compiled with. */
    private static String version() {
        try {
            return String.valueOf(
                    Class.forName("okhttp3.OkHttp").getField("VERSION").get(null));
        } catch (ReflectiveOperationException e) {
            return "of an unknown version";
        }
    }

    private static String jar() {
        CodeSource source = OkHttpClient.class.getProtectionDomain().getCodeSource();
        String path = source == null ? "" : source.getLocation().getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
