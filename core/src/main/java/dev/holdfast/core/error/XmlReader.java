package dev.holdfast.core.error;

import dev.holdfast.core.error.BodyTree.Format;
import dev.holdfast.core.error.BodyTree.TreeBuilder;
import java.io.StringReader;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** XML without DTD and entities; pages are not parsed at all. */
final class XmlReader {
    private static final int DEPTH_LIMIT = 20;
    private static final Pattern TITLE = Pattern.compile(
            "<title[^>]{0,200}>([^<]{0,500})|<h[1-3][^>]{0,200}>([^<]{0,500})", Pattern.CASE_INSENSITIVE);
    private static final Pattern DOCTYPE = Pattern.compile("<!DOCTYPE(?!\\s+html\\b)", Pattern.CASE_INSENSITIVE);

    private static final class Factory {
        static final XMLInputFactory XML = create();

        private static XMLInputFactory create() {
            // The JDK's own: a factory found on the class path might resolve what must not be resolved.
            XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
            factory.setProperty(XMLInputFactory.IS_COALESCING, false);
            factory.setXMLResolver((publicId, systemId, base, namespace) -> {
                throw new XMLStreamException("external references are not followed");
            });
            return factory;
        }
    }

    private XmlReader() {}

    static BodyTree read(String text) {
        String head = text.substring(0, Math.min(text.length(), 2_000)).toLowerCase(Locale.ROOT);
        if (head.contains("<html")
                || head.contains("<!doctype html")
                || head.contains("<head")
                || head.contains("<body")) {
            return BodyTree.plain(Format.HTML, title(text));
        }
        if (DOCTYPE.matcher(head).find()) {
            return BodyTree.of(Format.XML, false, new TreeBuilder());
        }
        TreeBuilder builder = new TreeBuilder();
        try {
            XMLStreamReader reader = Factory.XML.createXMLStreamReader(new StringReader(text.strip()));
            boolean whole = fill(reader, builder);
            return BodyTree.of(Format.XML, whole, builder);
        } catch (XMLStreamException | RuntimeException malformed) {
            // The JDK's reader throws unchecked exceptions for some malformed documents.
            return brokenOff(text)
                    ? BodyTree.of(Format.XML, false, builder)
                    : BodyTree.of(Format.XML, false, new TreeBuilder());
        }
    }

    private static boolean fill(XMLStreamReader reader, TreeBuilder builder) throws XMLStreamException {
        int current = BodyTree.MISSING;
        int depth = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++depth > DEPTH_LIMIT || builder.full()) {
                        return false;
                    }
                    if (current != BodyTree.MISSING) {
                        builder.makeObject(current);
                    }
                    current = builder.add(current, reader.getLocalName(), null, TreeBuilder.SCALAR);
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    depth--;
                    current = builder.parent(current);
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (current != BodyTree.MISSING) {
                        builder.appendText(current, reader.getText());
                    }
                }
                default -> {
                    // comments, instructions and references carry nothing
                }
            }
        }
        return true;
    }

    private static boolean brokenOff(String text) {
        String stripped = text.stripTrailing();
        return !stripped.endsWith(">") || stripped.lastIndexOf("</") < 0;
    }

    private static @Nullable String title(String page) {
        Matcher matcher = TITLE.matcher(page);
        while (matcher.find()) {
            String found = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
            if (found != null && !found.isBlank()) {
                return found.strip();
            }
        }
        return null;
    }
}
