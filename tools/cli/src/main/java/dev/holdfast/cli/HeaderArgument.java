package dev.holdfast.cli;

import dev.holdfast.core.response.HeaderFields;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A header as a person writes it. */
record HeaderArgument(String name, String value) {

    static HeaderFields fields(List<HeaderArgument> headers) {
        List<String> all = new ArrayList<>();
        for (HeaderArgument header : headers) {
            all.add(header.name());
            all.add(header.value());
        }
        return HeaderFields.of(all.toArray(new String[0]));
    }

    /** Reads {@code Name: value}. */
    static final class Reader implements ITypeConverter<HeaderArgument> {
        private static final int LONGEST_QUOTE = 20;

        @Override
        public HeaderArgument convert(String text) {
            int colon = text.indexOf(':');
            String name = colon < 0 ? "" : text.substring(0, colon).strip();
            if (name.isEmpty()) {
                // Cut, because it may be a credential whose name was forgotten.
                String shown = text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
                throw new TypeConversionException("\"" + shown + "\" is not of the form 'Name: value'");
            }
            return new HeaderArgument(name, text.substring(colon + 1).strip());
        }
    }
}
