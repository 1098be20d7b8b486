package dev.holdfast.cli;

import dev.holdfast.core.service.Service;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The vendors' error tables, as the library has them. */
@Command(
        name = "catalog",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        header = "Lists the errors that are known, and what each means.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "holdfast catalog [SERVICE] [--json]",
        parameterListHeading = "%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast catalog azure/imds",
            "  holdfast catalog --json | jq -r '.[] | select(.verdict == \"retry\") | .id'",
            "",
            "A row holds for its status (a number, a class such as 4xx, or * for any), its code (* in it",
            "stands for any characters) and its message; - is anything. Long messages are cut; --json has",
            "them whole, with operation, processed (whether the server acted on it), advice and source."
        })
final class CatalogCommand implements Callable<Integer> {
    private final PrintStream out;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SERVICE",
            converter = KnownServices.class,
            description = "whose errors; of all services unless you name one")
    private @Nullable KnownService service;

    @Option(names = "--json", description = "print one JSON array with an object a row")
    private boolean json;

    @Option(names = "--docs", paramLabel = "DIR", hidden = true, description = "rewrite catalogue.md and .json there")
    private @Nullable String docs;

    @Option(names = "--normal", paramLabel = "FILE", hidden = true, description = "rewrite a table's sentences there")
    private @Nullable String table;

    CatalogCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        if (docs != null) {
            write(docs);
            return 0;
        }
        if (table != null) {
            normalise(table);
            return 0;
        }
        List<Service> services = service == null ? KnownServices.all() : List.of(service.service());
        out.print(json ? CatalogueJson.rows(services) : CatalogueTable.of(services));
        return 0;
    }

    private void write(String directory) throws IOException {
        try {
            for (Map.Entry<String, String> file : CatalogueDocs.files().entrySet()) {
                Files.writeString(Path.of(directory, file.getKey()), file.getValue());
            }
        } catch (IOException | InvalidPathException e) {
            throw new WrongUsage("--docs \"" + directory + "\" cannot be written to: " + e.getMessage());
        }
    }

    private static void normalise(String table) {
        try {
            Path file = Path.of(table);
            Files.writeString(file, NormalTable.of(Files.readString(file)));
        } catch (IOException | InvalidPathException e) {
            throw new WrongUsage("--normal \"" + table + "\" cannot be rewritten: " + e.getMessage());
        }
    }
}
