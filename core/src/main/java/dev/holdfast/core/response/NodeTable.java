package dev.holdfast.core.response;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Holds the nodes of a document in document order, one entry a node: a reader adds them, the document looks them up.
 *
 * <p>Four arrays stand for the tree instead of an object for each node, because this is the path of every error. A node is known by its place.
 */
final class NodeTable {
    /** The place of a node that the document lacks, and the parent of the root. */
    static final int MISSING = -1;

    static final byte SCALAR = 0;
    static final byte OBJECT = 1;
    static final byte ARRAY = 2;

    /** Exceeds the nodes of any error document. The reader ignores what comes after. */
    private static final int LIMIT = 2_000;

    /** Suffices for most error documents. */
    private static final int USUAL = 8;

    private @Nullable String[] names = new String[USUAL];
    private @Nullable String[] values = new String[USUAL];
    private int[] parents = new int[USUAL];
    private byte[] types = new byte[USUAL];
    private int size;

    int size() {
        return size;
    }

    boolean full() {
        return size >= LIMIT;
    }

    /** Adds a node behind all others, and returns its place. */
    int add(int parent, @Nullable String name, @Nullable String value, byte type) {
        if (size == names.length) {
            int larger = size * 2;
            names = Arrays.copyOf(names, larger);
            values = Arrays.copyOf(values, larger);
            parents = Arrays.copyOf(parents, larger);
            types = Arrays.copyOf(types, larger);
        }
        names[size] = name;
        values[size] = value;
        parents[size] = parent;
        types[size] = type;
        return size++;
    }

    @Nullable
    String name(int node) {
        return names[node];
    }

    @Nullable
    String value(int node) {
        return values[node];
    }

    byte type(int node) {
        return types[node];
    }

    int parent(int node) {
        return parents[node];
    }

    /** Finds the first child of a name, compared without case; missing where there is no such child, or no parent. */
    int child(int parent, String name) {
        if (parent != MISSING) {
            for (int i = parent + 1; i < size; i++) {
                String candidate = names[i];
                if (parents[i] == parent && candidate != null && candidate.equalsIgnoreCase(name)) {
                    return i;
                }
            }
        }
        return MISSING;
    }

    boolean holdsObject() {
        for (int i = 0; i < size; i++) {
            if (types[i] == OBJECT) {
                return true;
            }
        }
        return false;
    }

    void makeObject(int node) {
        types[node] = OBJECT;
    }

    /** Sets a scalar's text. An object, which has elements in it, has no text of its own. */
    void setText(int node, String text) {
        if (types[node] == SCALAR) {
            values[node] = text;
        }
    }
}
