package dev.holdfast.core.catalogue;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's error table as data. It is read when it is first needed, without reflection; a table that cannot be read is reported then,
 * with the line and the reason. Safe for several threads.
 */
public final class Catalogue {
    private static final CodeMapper AS_SENT = (answer, error) -> error.code();
    private static final Catalogue EMPTY = new Catalogue("empty", List::of, AS_SENT);

    private final String name;
    private final Supplier<List<CatalogueRow>> loader;
    private final CodeMapper reading;
    private final ReentrantLock loading = new ReentrantLock();
    private volatile @Nullable CatalogueIndex index;

    private Catalogue(String name, Supplier<List<CatalogueRow>> loader, CodeMapper reading) {
        this.name = Objects.requireNonNull(name, "name must not be null");
        this.loader = loader;
        this.reading = Objects.requireNonNull(reading, "reading must not be null");
    }

    /**
     * A catalogue in a resource file, opened by the vendor's own class so that it works on the class path, on the module path and
     * in a native image alike.
     *
     * @param name the service's id, which starts the id of every rule
     * @param open opens the file; called when the first row is needed, and not again once it has been read
     * @return the catalogue
     */
    public static Catalogue resource(String name, Supplier<@Nullable InputStream> open) {
        Supplier<List<CatalogueRow>> loader = () -> {
            InputStream in = open.get();
            if (in == null) {
                throw new IllegalStateException("catalogue " + name + " is not where its class looks for it");
            }
            return CatalogueReader.read(name, in);
        };
        return new Catalogue(name, loader, AS_SENT);
    }

    /**
     * A catalogue in a text, in the same tab-separated form as the files.
     *
     * @param name the service's id
     * @param table the header line and the rows
     * @return the catalogue
     */
    public static Catalogue of(String name, String table) {
        byte[] bytes = table.getBytes(StandardCharsets.UTF_8);
        return new Catalogue(name, () -> CatalogueReader.read(name, new ByteArrayInputStream(bytes)), AS_SENT);
    }

    /**
     * A catalogue without rows: only statuses decide.
     *
     * @return the empty catalogue
     */
    public static Catalogue empty() {
        return EMPTY;
    }

    /**
     * The same rows, found by another code than the one that was sent: for a vendor that gives one table under several prefixes. The error keeps the
     * code as it was sent, and so do the user's rules.
     *
     * @param alias the code that stands in the rows for a code that was sent; must not throw
     * @return a copy
     */
    public Catalogue readingCodesAs(UnaryOperator<String> alias) {
        Objects.requireNonNull(alias, "alias must not be null");
        return readingCodesAs((answer, error) -> error.code() == null ? null : alias.apply(error.code()));
    }

    /**
     * The same rows, found by a code that is read from the whole answer: for a vendor that says in a header or beside the code what counts more.
     *
     * @param newReading says which code to look for
     * @return a copy
     */
    public Catalogue readingCodesAs(CodeMapper newReading) {
        return new Catalogue(name, loader, newReading);
    }

    /**
     * The name that starts the id of every rule.
     *
     * @return the service's id
     */
    public String name() {
        return name;
    }

    /**
     * All rows.
     *
     * @return rows in the order of the file
     * @throws IllegalArgumentException if the table is wrong; the message names the line and the rule
     */
    public List<CatalogueRow> rows() {
        return index().rows();
    }

    /**
     * Returns what the table says of an error.
     *
     * @param answer the response
     * @param error what the response says
     * @param operation the operation's id, or null where it is not known
     * @return the decision of the row that fits best, or null if no row fits
     */
    public @Nullable Decision find(ResponseView answer, ServiceError error, @Nullable String operation) {
        return index().find(answer.status(), error, reading.read(answer, error), operation);
    }

    CatalogueIndex index() {
        CatalogueIndex loaded = index;
        return loaded != null ? loaded : load();
    }

    private CatalogueIndex load() {
        loading.lock();
        try {
            CatalogueIndex loaded = index;
            if (loaded == null) {
                loaded = new CatalogueIndex(name, loader.get());
                index = loaded;
            }
            return loaded;
        } finally {
            loading.unlock();
        }
    }
}
