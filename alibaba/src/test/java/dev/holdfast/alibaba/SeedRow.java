package dev.holdfast.alibaba;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One row of the vendor's document, and the forms in which the gateway sends it. */
record SeedRow(int line, int status, String code, String message, String verdict) {
    static List<SeedRow> all() throws IOException {
        try (InputStream in = SeedRow.class.getResourceAsStream("/rows.tsv")) {
            List<SeedRow> rows = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .toList()) {
                String[] f = line.split("\t", -1);
                rows.add(new SeedRow(rows.size() + 1, Integer.parseInt(f[2]), f[3], f[4], f[6]));
            }
            assertThat(rows).hasSize(205);
            return rows;
        }
    }

    /** The document prints an example where a number stands. */
    String sentence() {
        return message.replaceAll("number: \\d+$", "number: 47");
    }

    String otherwise() {
        String blanks = sentence().replace(" ", "  ").toUpperCase(Locale.ROOT);
        return " " + (blanks.endsWith(".") ? blanks.substring(0, blanks.length() - 1) : blanks + ".") + " ";
    }

    static List<ResponseView> shapes(int status, String code, String message) {
        String json = message.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        String xml = message.replace("&", "&amp;").replace("<", "&lt;");
        return List.of(
                answer(
                        status,
                        "application/json",
                        "{\"RequestId\":\"4C467B38\",\"HostId\":\"slb.aliyuncs.com\",\"Code\":\"" + code
                                + "\",\"Message\":\"" + json + "\",\"Recommend\":\"https://api.aliyun.com/x\"}"),
                answer(
                        status,
                        "text/xml;charset=utf-8",
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><RequestId>4C467B38</RequestId>"
                                + "<HostId>slb.aliyuncs.com</HostId><Code>" + code + "</Code><Message>" + xml
                                + "</Message></Error>"),
                answer(
                        status,
                        "application/json",
                        "{\"code\":\"" + code + "\",\"message\":\"" + json + "\",\"requestId\":\"4C467B38\"}"));
    }

    static ResponseView answer(int status, String contentType, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of("Content-Type", contentType));
        all.addAll(List.of(headers));
        return ResponseView.of(status, HeaderFields.of(all.toArray(new String[0])), body);
    }

    @Override
    public String toString() {
        return "row " + line + ": " + status + " " + code + " " + message;
    }
}
