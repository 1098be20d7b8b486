package dev.holdfast.core.response;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Header fields without any HTTP client's types; names are compared without case. Immutable. */
public final class HeaderFields {
    private static final HeaderFields EMPTY = new HeaderFields(new String[0]);

    private final String[] namesAndValues;

    private HeaderFields(String[] namesAndValues) {
        this.namesAndValues = namesAndValues;
    }

    /**
     * No header at all.
     *
     * @return the empty fields
     */
    public static HeaderFields empty() {
        return EMPTY;
    }

    /**
     * Fields in the order in which they were received.
     *
     * @param namesAndValues name, value, name, value, …
     * @return the fields
     * @throws IllegalArgumentException if the number of strings is odd
     */
    public static HeaderFields of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "namesAndValues must come in pairs of name and value, but there are " + namesAndValues.length);
        }
        return namesAndValues.length == 0 ? EMPTY : new HeaderFields(namesAndValues.clone());
    }

    /**
     * Fields from a map, as {@code java.net.http} and {@code HttpURLConnection} give them.
     *
     * @param map name to values; what has no name, such as the status line, is left out
     * @return the fields
     */
    public static HeaderFields of(Map<String, List<String>> map) {
        List<String> all = new ArrayList<>();
        map.forEach((name, values) -> {
            if (name != null) {
                for (String value : values) {
                    all.add(name);
                    all.add(value);
                }
            }
        });
        return of(all.toArray(new String[0]));
    }

    /**
     * The first value of a field.
     *
     * @param name the field's name, any case
     * @return its first value, or null
     */
    public @Nullable String first(String name) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i].equalsIgnoreCase(name)) {
                return namesAndValues[i + 1];
            }
        }
        return null;
    }

    /**
     * All values of a field.
     *
     * @param name the field's name, any case
     * @return its values in order, possibly none
     */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>(1);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i].equalsIgnoreCase(name)) {
                values.add(namesAndValues[i + 1]);
            }
        }
        return values;
    }

    /**
     * Everything, by lower-case name.
     *
     * @return an unmodifiable map in the order of first appearance
     */
    public Map<String, List<String>> asMap() {
        Map<String, List<String>> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.computeIfAbsent(namesAndValues[i].toLowerCase(Locale.ROOT), name -> new ArrayList<>(1))
                    .add(namesAndValues[i + 1]);
        }
        return Collections.unmodifiableMap(map);
    }

    /** Names only: a value may be a secret. */
    @Override
    public String toString() {
        return "HeaderFields" + asMap().keySet();
    }
}
