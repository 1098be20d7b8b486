package dev.holdfast.cli;

import dev.holdfast.core.service.Service;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pages that are made from the data; a test holds the ones that are checked in against them. */
final class CatalogueDocs {
    /** What brings the pages up to date, from the project's folder. */
    static final String COMMAND = "./holdfast catalog --docs docs";

    private CatalogueDocs() {}

    /** Texts by file name. */
    static Map<String, String> files() throws IOException {
        List<Service> services = KnownServices.all();
        Map<String, String> files = new LinkedHashMap<>();
        files.put("catalogue.md", CataloguePage.of(services));
        files.put("catalogue.json", CatalogueJson.page(services));
        return files;
    }
}
