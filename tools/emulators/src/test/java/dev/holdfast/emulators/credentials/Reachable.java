package dev.holdfast.emulators.credentials;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** Finds a text in all that can be reached from an object through fields of Holdfast's own classes, lambdas among them, and through the JDK's containers. */
final class Reachable {
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> next = new ArrayDeque<>();

    private Reachable() {}

    /** Tells whether the text can be reached, as text, characters or bytes, whole or as a part. */
    static boolean holds(Object from, String text) throws IllegalAccessException {
        return new Reachable().search(from, text);
    }

    private boolean search(Object from, String text) throws IllegalAccessException {
        add(from);
        for (Object each = next.poll(); each != null; each = next.poll()) {
            if (asText(each).contains(text)) {
                return true;
            }
            follow(each);
        }
        return false;
    }

    private void add(Object found) {
        if (found != null && seen.add(found)) {
            next.add(found);
        }
    }

    private static String asText(Object each) {
        if (each instanceof CharSequence characters) {
            return characters.toString();
        }
        if (each instanceof char[] characters) {
            return new String(characters);
        }
        return each instanceof byte[] bytes ? new String(bytes, StandardCharsets.ISO_8859_1) : "";
    }

    private void follow(Object each) throws IllegalAccessException {
        if (each instanceof Collection<?> collection) {
            collection.forEach(this::add);
        } else if (each instanceof Map<?, ?> map) {
            map.keySet().forEach(this::add);
            map.values().forEach(this::add);
        } else if (each instanceof AtomicReference<?> reference) {
            add(reference.get());
        } else if (each instanceof CompletableFuture<?> future) {
            add(future.handle((value, thrown) -> value == null ? thrown : value).getNow(null));
        } else if (each instanceof Throwable thrown) {
            add(thrown.getMessage());
            add(thrown.getCause());
        } else if (each instanceof Object[]) {
            for (int i = 0; i < Array.getLength(each); i++) {
                add(Array.get(each, i));
            }
        } else if (each.getClass().getName().startsWith("dev.holdfast.")) {
            fields(each);
        }
    }

    private void fields(Object each) throws IllegalAccessException {
        for (Class<?> type = each.getClass(); type.getName().startsWith("dev.holdfast."); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    add(field.get(each));
                }
            }
        }
    }
}
