package dev.holdfast.core.catalogue;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;

/** Catalogues for tests, with bars for tabs; advice and source are added. */
public final class Tables {
    static final String HEADER =
            "id\toperation\tstatus\tcode\tmessage\tverdict\tkind\tpace\tprocessed\tadvice\tsource\n";

    private Tables() {}

    /** Rows as {@code id|operation|status|code|message|verdict|kind|pace|nothing}. */
    public static Catalogue of(String... rows) {
        StringBuilder table = new StringBuilder(HEADER);
        for (String row : rows) {
            table.append(row.replace('|', '\t')).append("\tDo something.\ttest (2026-11)\n");
        }
        return Catalogue.of("test/service", table.toString());
    }

    /** The id of the row that decides, or null. */
    static String rule(Catalogue catalogue, int status, String code, String message, String operation) {
        Decision found = catalogue.find(ResponseView.of(status), ServiceError.of(code, message), operation);
        return found == null ? null : found.rule().replace("test/service/", "");
    }

    static String rule(Catalogue catalogue, int status, String code, String message) {
        return rule(catalogue, status, code, message, null);
    }
}
