package dev.holdfast.core.internal.call;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gives the adapters the {@link CallEngine} of a {@code Holdfast} instance, so that the class itself shows only what its users need.
 * The parameter is an {@link Object}, because no package of core may depend on the package of {@code Holdfast}.
 */
public final class Access {
    private static volatile @Nullable Function<Object, CallEngine> reader;

    private Access() {}

    /**
     * Sets how an instance is opened. Called once, by the initialiser of {@code Holdfast}.
     *
     * @param opens returns the engine of an instance
     */
    public static void install(Function<Object, CallEngine> opens) {
        reader = opens;
    }

    /**
     * Returns the engine of an instance.
     *
     * @param holdfast an instance of {@code Holdfast}
     * @return its engine
     */
    public static CallEngine of(Object holdfast) {
        Objects.requireNonNull(holdfast, "holdfast must not be null");
        // An instance exists, so its class is initialised and has installed the reader.
        return Objects.requireNonNull(reader).apply(holdfast);
    }
}
