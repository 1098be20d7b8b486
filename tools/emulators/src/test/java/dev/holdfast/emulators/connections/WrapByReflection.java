package dev.holdfast.emulators.connections;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.okhttp.HoldfastOkHttp;
import okhttp3.OkHttpClient;

/** Wraps a client, in a class loader with another OkHttp. */
public final class WrapByReflection {
    private WrapByReflection() {}

    /** Returns what wrap and install throw, or null. */
    public static String[] thrown() {
        return new String[] {
            thrownBy(() -> HoldfastOkHttp.wrap(new OkHttpClient(), Holdfast.of(AzureImds.SERVICE))),
            thrownBy(() -> HoldfastOkHttp.install(new OkHttpClient.Builder(), Holdfast.of(AzureImds.SERVICE)))
        };
    }

    private static String thrownBy(Runnable task) {
        try {
            task.run();
            return null;
        } catch (RuntimeException | LinkageError e) {
            return e.toString();
        }
    }
}
