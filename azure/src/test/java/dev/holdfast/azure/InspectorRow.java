package dev.holdfast.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.testkit.VendorSentence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One row of the vendor's table, and the forms in which Resource Manager sends it. */
record InspectorRow(int line, int status, String code, String message, String verdict) {
    static List<InspectorRow> all() throws IOException {
        try (InputStream in = InspectorRow.class.getResourceAsStream("/rows.tsv")) {
            List<InspectorRow> rows = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .toList()) {
                String[] f = line.split("\t", -1);
                rows.add(new InspectorRow(rows.size() + 1, Integer.parseInt(f[2]), f[3], f[4], f[6]));
            }
            assertThat(rows).hasSize(39);
            return rows;
        }
    }

    String sentence() {
        return VendorSentence.filled(message, "vm-7 (prod)");
    }

    /** As the page reads on a screen: without the document's Markdown. */
    String plain() {
        return sentence()
                .replace("**Blob**", "Blob")
                .replace("**.zip*", "*.zip")
                .replace("`", "'");
    }

    String otherwise() {
        String blanks = sentence().replace(" ", "  ").toUpperCase(Locale.ROOT);
        return " " + (blanks.endsWith(".") ? blanks.substring(0, blanks.length() - 1) : blanks + ".") + " ";
    }

    static List<ResponseView> shapes(int status, String code, String message) {
        String text = message.replace("\\", "\\\\").replace("\"", "\\\"");
        String c = "\"" + code + "\"";
        String m = "\"" + text + "\"";
        return List.of(
                answer(
                        status,
                        "{\"error\":{\"code\":" + c + ",\"message\":" + m + ",\"target\":\"t\",\"details\":[]}}"),
                answer(status, "{\"code\":" + c + ",\"message\":" + m + "}"),
                answer(status, "{\"Error\":{\"Code\":" + c + ",\"Message\":" + m + ",\"Target\":null}}"),
                answer(
                        status,
                        "{\"odata.error\":{\"code\":" + c + ",\"message\":{\"lang\":\"en-US\",\"value\":" + m + "}}}"));
    }

    static ResponseView answer(int status, String body, String... headers) {
        return ResponseView.of(status, HeaderFields.of(headers), body);
    }

    @Override
    public String toString() {
        return "row " + line + ": " + status + " " + code + " " + message;
    }
}
