package dev.holdfast.core.response;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A body read leniently: whatever the bytes are, there is a document, if only an empty one. JSON and XML give the same kind of document, and
 * hold the {@link Members} that the reader names, or all as a tree; of a page its title and its visible text are kept, of a text the text.
 *
 * <p>A document that breaks off keeps what was complete before the break; one that is malformed keeps nothing. A name that stands
 * twice in one object counts at its first place. Immutable once read.
 */
public final class Document {

    /** Names what the bytes turned out to be; the content type header is not asked. */
    public enum Format {
        /** No byte, or blanks only. */
        EMPTY,
        /** A JSON value. */
        JSON,
        /** An XML document that is no page. */
        XML,
        /** An HTML or XHTML page. */
        HTML,
        /** Anything else. */
        TEXT
    }

    private static final Node NOWHERE = new Node(plain(Format.EMPTY, null), NodeTable.MISSING);

    private final Format format;
    private final boolean complete;
    private final @Nullable String text;
    private final @Nullable String page;

    /** Filled by a reader before the document is made, and not changed afterwards. */
    private final NodeTable nodes;

    private Document(Format format, boolean complete, @Nullable String text, @Nullable String page, NodeTable nodes) {
        this.format = format;
        this.complete = complete;
        this.text = text;
        this.page = page;
        this.nodes = nodes;
    }

    /**
     * Reads the named members of a response's body, in one pass. The document is kept with the response: as long as its readers name the same members, by the
     * same constant, the body is not read again.
     *
     * @param answer the response
     * @param members the members whose texts are taken; all others are as if missing
     * @return its document; never throws
     */
    public static Document read(ResponseView answer, Members members) {
        return answer.document(Objects.requireNonNull(members, "members must not be null"));
    }

    /**
     * Reads the whole tree of a response's body. It is kept with the response and serves each later reader, whatever members that one names; after a reader that
     * named members, the body is read once more.
     *
     * @param answer the response
     * @return its tree; never throws
     */
    public static Document read(ResponseView answer) {
        return answer.document(null);
    }

    /**
     * Tells whether a body is a page. A body that begins like a JSON object, as nearly all of a service do, is not read for that.
     *
     * @param answer the response
     * @return true if its format is {@link Format#HTML}
     */
    public static boolean isPage(ResponseView answer) {
        return answer.isPage();
    }

    /**
     * Reads a text found inside another document, such as JSON in a message.
     *
     * @param text any text
     * @return its tree
     */
    public static Document read(String text) {
        return BodyReader.read(text, null);
    }

    /**
     * Reads the named members of a text found inside another document, such as JSON in a message.
     *
     * @param text any text
     * @param members the members whose texts are taken; all others are as if missing
     * @return its document
     */
    public static Document read(String text, Members members) {
        return BodyReader.read(text, Objects.requireNonNull(members, "members must not be null"));
    }

    static Document plain(Format format, @Nullable String text) {
        return new Document(format, true, text, null, NodeTable.NONE);
    }

    static Document page(String page) {
        return new Document(Format.HTML, true, PageReader.title(page), page, NodeTable.NONE);
    }

    static Document of(Format format, boolean complete, NodeTable nodes) {
        return new Document(format, complete, null, null, nodes);
    }

    boolean serves(@Nullable Members members) {
        return nodes.serves(members);
    }

    /**
     * Tells what the bytes turned out to be.
     *
     * @return the format
     */
    public Format format() {
        return format;
    }

    /**
     * Tells whether the document was read to its end.
     *
     * @return false if it broke off
     */
    public boolean complete() {
        return complete;
    }

    /**
     * Returns the text of a plain body, or the title of a page.
     *
     * @return the text, or null for documents
     */
    public @Nullable String text() {
        return text;
    }

    /**
     * Returns what a page shows: its text without tags, and without what stands before its body.
     *
     * @return the text, each run of blanks as one; null if this is no page
     */
    public @Nullable String visibleText() {
        return page == null ? null : PageReader.visible(page);
    }

    /**
     * Returns the document's outermost value.
     *
     * @return the root; missing where there is no document
     */
    public Node root() {
        return node(nodes.size() > 0 ? 0 : NodeTable.MISSING);
    }

    private Node node(int index) {
        return index == NodeTable.MISSING ? NOWHERE : new Node(this, index);
    }

    /**
     * One value of a document: an object (or element), an array or a scalar; or a missing one, which has neither text nor children.
     *
     * @param tree the document
     * @param index its place in the document
     */
    public record Node(Document tree, int index) {

        /**
         * Tells whether the document has this value.
         *
         * @return false for a missing one
         */
        public boolean exists() {
            return index != NodeTable.MISSING;
        }

        /**
         * Tells whether this is an object, or an XML element with elements in it.
         *
         * @return true for an object
         */
        public boolean isObject() {
            return exists() && tree.nodes.type(index) == NodeTable.OBJECT;
        }

        /**
         * Tells whether this is an array.
         *
         * @return true for an array
         */
        public boolean isArray() {
            return exists() && tree.nodes.type(index) == NodeTable.ARRAY;
        }

        /**
         * Returns the value's name.
         *
         * @return the name; null for the root of JSON and for elements of an array
         */
        public @Nullable String name() {
            return exists() ? tree.nodes.name(index) : null;
        }

        /**
         * Returns a scalar's text: a string, a number as it was written, or a boolean.
         *
         * @return the text; null for objects, arrays, null and what is missing
         */
        public @Nullable String text() {
            return exists() ? tree.nodes.value(index) : null;
        }

        /**
         * Returns a child by name.
         *
         * @param name the name, compared without case
         * @return the first child of that name, or a missing one
         */
        public Node get(String name) {
            return tree.node(tree.nodes.child(index, name));
        }

        /**
         * Returns the text of a child, if it has one.
         *
         * @param name the name, compared without case
         * @return the text, never blank, or null
         */
        public @Nullable String text(String name) {
            int child = tree.nodes.child(index, name);
            String found = child == NodeTable.MISSING ? null : tree.nodes.value(child);
            return found != null && !found.isBlank() ? found : null;
        }

        /**
         * Returns the text of the first of several children that has one.
         *
         * @param candidates names in the order of preference, compared without case
         * @return the text, never blank, or null
         */
        public @Nullable String text(String... candidates) {
            for (String name : candidates) {
                String found = text(name);
                if (found != null) {
                    return found;
                }
            }
            return null;
        }

        /**
         * Returns all children.
         *
         * @return members of an object or elements of an array, in order
         */
        public List<Node> children() {
            List<Node> children = new ArrayList<>();
            if (exists()) {
                for (int i = index + 1; i < tree.nodes.size(); i++) {
                    if (tree.nodes.parent(i) == index) {
                        children.add(new Node(tree, i));
                    }
                }
            }
            return children;
        }

        @Override
        public String toString() {
            return exists() ? "Node[" + name() + "]" : "Node[missing]";
        }
    }
}
