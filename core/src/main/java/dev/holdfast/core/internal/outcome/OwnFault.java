package dev.holdfast.core.internal.outcome;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Gives each call an exception object of its own. HTTP clients end several calls with one object (the JDK's where an HTTP/2 connection dies), and interceptors
 * throw one that they keep: an outcome on it would tell of another call.
 */
public final class OwnFault {
    private OwnFault() {}

    /**
     * Returns the exception to throw.
     *
     * @param thrown what ended the call
     * @return the same object if no other call has marked it; else a copy of its type with the object as its cause, or an {@link IOException} where an {@code
     *     IOException} cannot be copied; any other stays the same object, because callers know it by its type
     */
    public static Throwable of(Throwable thrown) {
        if (!isMarked(thrown)) {
            return thrown;
        }
        Throwable copy = copy(thrown);
        if (copy != null) {
            return copy;
        }
        return thrown instanceof IOException ? new IOException(thrown.getMessage(), thrown) : thrown;
    }

    private static boolean isMarked(Throwable thrown) {
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (suppressed instanceof OutcomeSuppressed) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Throwable copy(Throwable thrown) {
        Class<? extends Throwable> type = thrown.getClass();
        if (!Modifier.isPublic(type.getModifiers())) {
            return null;
        }
        try {
            Constructor<? extends Throwable> constructor = type.getConstructor(String.class);
            Throwable copy = constructor.newInstance(thrown.getMessage());
            copy.setStackTrace(thrown.getStackTrace());
            return copy.getCause() == null ? copy.initCause(thrown) : copy;
        } catch (NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException
                | IllegalStateException cannotBeCopied) {
            return null;
        }
    }
}
