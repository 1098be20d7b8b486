package dev.holdfast.core.response;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a reader takes of a document in document order, one entry a node: a reader adds them, the document looks them up. Objects, arrays and their
 * elements are always kept, of the other values only the named members.
 *
 * <p>Arrays stand for the nodes instead of an object for each, because this is the path of every error. A node is known by its place.
 */
final class NodeTable {
    /** The place of a node that the document lacks, and the parent of the root. */
    static final int MISSING = -1;

    static final int SCALAR = 0;
    static final int OBJECT = 1;
    static final int ARRAY = 2;

    /** The table of all documents without nodes. Never added to, because they share it. */
    static final NodeTable NONE = new NodeTable(null);

    private static final int TYPE_BITS = 2;
    private static final int TYPE = (1 << TYPE_BITS) - 1;

    /** Exceeds the values of any error document. The reader ignores what comes after. */
    private static final int LIMIT = 2_000;

    /** Suffices for most error documents. */
    private static final int USUAL = 8;

    private final @Nullable Members members;
    private @Nullable String[] names = new String[USUAL];
    private @Nullable String[] values = new String[USUAL];

    /** The parent's place, shifted by the bits of the type. */
    private int[] links = new int[USUAL];

    private int size;
    private int passedOver;

    /** Makes an empty table; without members it takes all values. */
    NodeTable(@Nullable Members members) {
        this.members = members;
    }

    /** Tells whether a reader that wants these members, or all for null, finds here what it would find in a table of its own. */
    boolean serves(@Nullable Members wanted) {
        return members == null || members == wanted || size == 0;
    }

    int size() {
        return size;
    }

    /** What is passed over counts too, so that a document ends at the same place whatever is taken from it. */
    boolean full() {
        return size + passedOver >= LIMIT;
    }

    /** Tells whether the text of a value is kept: that of the root, of a named member, and of an element in an array of such a name or of none. */
    boolean takes(int parent, @Nullable String name) {
        if (members == null || parent == MISSING) {
            return true;
        }
        String named = name == null ? names[parent] : name;
        return named == null || members.take(named);
    }

    /** Counts a value whose text is not kept. An element of an array keeps its place. */
    void passOver(int parent) {
        if (type(parent) == ARRAY) {
            add(parent, null, null, SCALAR);
        } else {
            passedOver++;
        }
    }

    /** Adds a node behind all others, and returns its place. */
    int add(int parent, @Nullable String name, @Nullable String value, int type) {
        if (size == names.length) {
            int larger = size * 2;
            names = Arrays.copyOf(names, larger);
            values = Arrays.copyOf(values, larger);
            links = Arrays.copyOf(links, larger);
        }
        names[size] = name;
        values[size] = value;
        links[size] = parent << TYPE_BITS | type;
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

    int type(int node) {
        return links[node] & TYPE;
    }

    int parent(int node) {
        return links[node] >> TYPE_BITS;
    }

    /** Finds the first child of a name, compared without case; missing where there is no such child, or no parent. */
    int child(int parent, String name) {
        if (parent != MISSING) {
            for (int i = parent + 1; i < size; i++) {
                String candidate = names[i];
                if (candidate != null && parent(i) == parent && candidate.equalsIgnoreCase(name)) {
                    return i;
                }
            }
        }
        return MISSING;
    }

    boolean holdsObject() {
        for (int i = 0; i < size; i++) {
            if (type(i) == OBJECT) {
                return true;
            }
        }
        return false;
    }

    void makeObject(int node) {
        links[node] |= OBJECT;
    }

    /** Sets a scalar's text, if it is taken. An object, which has elements in it, has no text of its own. */
    void setText(int node, CharSequence text) {
        if (type(node) == SCALAR && takes(parent(node), names[node])) {
            values[node] = text.toString();
        }
    }
}
