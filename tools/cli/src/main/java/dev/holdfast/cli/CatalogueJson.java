package dev.holdfast.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import dev.holdfast.core.catalogue.CatalogueRow;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.service.Service;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Catalogues for programs: JSON with a line a row, so that a change of one row is a change of one line. */
final class CatalogueJson {
    /** Changes when a field changes its meaning or goes; new fields may come without. */
    private static final int VERSION = 1;

    private static final String ABOUT =
            "Errors of cloud metadata and control endpoints, and what each means. Generated from Holdfast's data; "
                    + "docs/catalogue.md says how to read it.";

    private final StringWriter out = new StringWriter();
    private final JsonGenerator json;

    private CatalogueJson() throws IOException {
        json = new JsonFactory().createGenerator(out).setPrettyPrinter(new LinePerElement());
    }

    /** The columns of the tables by their own names, and the service. */
    static String rows(List<Service> services) throws IOException {
        CatalogueJson writer = new CatalogueJson();
        writer.json.writeStartArray();
        for (Service service : services) {
            for (CatalogueRow row : service.catalogue().rows()) {
                writer.row(service, row);
            }
        }
        writer.json.writeEndArray();
        return writer.ended();
    }

    /** The page for agents in other languages. */
    static String page(List<Service> services) throws IOException {
        CatalogueJson writer = new CatalogueJson();
        JsonGenerator json = writer.json;
        json.writeStartObject();
        json.writeNumberField("version", VERSION);
        json.writeStringField("about", ABOUT);
        json.writeArrayFieldStart("services");
        for (Service service : services) {
            json.writeStartObject();
            json.writeStringField("id", service.id());
            json.writeArrayFieldStart("rows");
            for (CatalogueRow row : service.catalogue().rows()) {
                writer.row(row);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        return writer.ended();
    }

    private String ended() throws IOException {
        json.close();
        return out.append('\n').toString();
    }

    /** As the tables have it, such as {@code reauthenticate:credential}. */
    static String verdict(CatalogueRow row) {
        String renewal = renewal(row);
        return row.verdict().id() + (renewal == null ? "" : ":" + renewal);
    }

    /** Returns null unless the row is a retry. */
    static @Nullable String pace(CatalogueRow row) {
        return row.verdict() instanceof Verdict.Retry retry ? retry.pace().id() : null;
    }

    private static @Nullable String renewal(CatalogueRow row) {
        return row.verdict() instanceof Verdict.Reauthenticate renew
                ? renew.renewal().name().toLowerCase(Locale.ROOT)
                : null;
    }

    private void row(Service service, CatalogueRow row) throws IOException {
        json.writeStartObject();
        json.writeStringField("service", service.id());
        json.writeStringField("id", row.id());
        json.writeStringField("operation", row.operations().isEmpty() ? null : String.join(",", row.operations()));
        error(row);
        json.writeStringField("verdict", verdict(row));
        rest(row);
    }

    private void row(CatalogueRow row) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", row.id());
        json.writeArrayFieldStart("operations");
        for (String operation : row.operations()) {
            json.writeString(operation);
        }
        json.writeEndArray();
        error(row);
        json.writeStringField("verdict", row.verdict().id());
        json.writeStringField("renew", renewal(row));
        rest(row);
    }

    private void error(CatalogueRow row) throws IOException {
        json.writeStringField("status", row.status());
        json.writeStringField("code", row.code());
        json.writeStringField(
                "message", row.message() == null ? null : row.message().text());
    }

    private void rest(CatalogueRow row) throws IOException {
        json.writeStringField("kind", row.kind().id());
        json.writeStringField("pace", pace(row));
        json.writeStringField("processed", row.processed().name().toLowerCase(Locale.ROOT));
        json.writeStringField("advice", row.advice());
        json.writeStringField("source", row.source());
        json.writeEndObject();
    }

    /** Each element of an array on a line of its own, but for the short list of a row's operations. */
    private static final class LinePerElement extends MinimalPrettyPrinter {
        private static final long serialVersionUID = 1;

        @Override
        public void beforeArrayValues(JsonGenerator json) throws IOException {
            breakLine(json);
        }

        @Override
        public void writeArrayValueSeparator(JsonGenerator json) throws IOException {
            json.writeRaw(',');
            breakLine(json);
        }

        @Override
        public void writeEndArray(JsonGenerator json, int values) throws IOException {
            breakLine(json);
            json.writeRaw(']');
        }

        private static void breakLine(JsonGenerator json) throws IOException {
            String name = json.getOutputContext().getParent().getCurrentName();
            json.writeRaw("operations".equals(name) ? "" : "\n");
        }
    }
}
