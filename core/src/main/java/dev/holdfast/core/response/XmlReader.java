package dev.holdfast.core.response;

import dev.holdfast.core.response.Document.Format;
import java.io.StringReader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** XML without DTD and entities. */
final class XmlReader {
    private static final int DEPTH_LIMIT = 20;
    private static final Pattern PROLOG_END = Pattern.compile("<(?:(!doctype)|[a-z_])", Pattern.CASE_INSENSITIVE);

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

    static Document read(String text, @Nullable Members members) {
        // The reader would refuse it too, but JDK 17 writes a line to System.err where one breaks off.
        Matcher prolog = PROLOG_END.matcher(text);
        if (prolog.find() && prolog.group(1) != null) {
            return Document.of(Format.XML, false, NodeTable.NONE);
        }
        NodeTable nodes = new NodeTable(members);
        String whole = withoutCutTag(text);
        try {
            XMLStreamReader reader = Factory.XML.createXMLStreamReader(new StringReader(whole));
            boolean read = fill(reader, nodes);
            return Document.of(Format.XML, read && whole.length() == text.length(), nodes);
        } catch (XMLStreamException atSomePlace) {
            boolean brokenOff = atEnd(whole, atSomePlace.getLocation());
            return Document.of(Format.XML, false, brokenOff ? nodes : NodeTable.NONE);
        } catch (RuntimeException malformed) {
            // The JDK's reader throws unchecked exceptions for some malformed documents.
            return Document.of(Format.XML, false, NodeTable.NONE);
        }
    }

    private static boolean fill(XMLStreamReader reader, NodeTable nodes) throws XMLStreamException {
        int current = NodeTable.MISSING;
        int depth = 0;
        StringBuilder text = new StringBuilder();
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++depth > DEPTH_LIMIT || nodes.full()) {
                        return false;
                    }
                    if (current != NodeTable.MISSING) {
                        nodes.makeObject(current);
                    }
                    current = nodes.add(current, reader.getLocalName(), null, NodeTable.SCALAR);
                    text.setLength(0);
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    if (text.length() > 0) {
                        nodes.setText(current, text);
                        text.setLength(0);
                    }
                    depth--;
                    current = nodes.parent(current);
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(reader.getText());
                case XMLStreamConstants.DTD -> throw new XMLStreamException("no document type is read");
                default -> {
                    // comments, instructions and references carry nothing
                }
            }
        }
        return true;
    }

    private static String withoutCutTag(String text) {
        int last = text.lastIndexOf('<');
        return text.indexOf('>', last) < 0 ? text.substring(0, last) : text;
    }

    /** Whether the reader found the document wrong only where it ends, which is what breaking off looks like. */
    private static boolean atEnd(String text, @Nullable Location place) {
        int lastLine = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
        long lines = text.chars().filter(c -> c == '\n').count() + 1;
        return place != null && place.getLineNumber() >= lines && place.getColumnNumber() > text.length() - lastLine;
    }
}
