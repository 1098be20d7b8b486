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
import org.jspecify.annotations.Nullable;

/**
 * A vendor's error table as data. It is read when it is first needed, without reflection; a table that cannot be read is reported then,
 * with the line and the reason. Safe for several threads.
 */
public final class Catalogue {
    private static final Catalogue EMPTY = new Catalogue("empty", List::of);

    private final String name;
    private final Supplier<List<CatalogueRow>> loader;
    private final ReentrantLock loading = new ReentrantLock();
    private volatile @Nullable CatalogueIndex index;

    private Catalogue(String name, Supplier<List<CatalogueRow>> loader) {
        this.name = Objects.requireNonNull(name, "name must not be null");
        this.loader = loader;
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
        return new Catalogue(name, loader);
    }

    /**
     * A catalogue in a text, in the same tab-separated form as the files.
     *
     * @param name the service's id
     * @param table the header line and the rows
     * @return the catalogue
     */
    public static Catalogue of(String name, String table) {
        // At once: a mistake in it would otherwise end the first call that meets an error.
        List<CatalogueRow> rows =
                CatalogueReader.read(name, new ByteArrayInputStream(table.getBytes(StandardCharsets.UTF_8)));
        return new Catalogue(name, () -> rows);
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
        Decision.Draft found = find(answer.status(), error.message(), error.code(), operation);
        return found == null ? null : found.about(error);
    }

    /**
     * Returns what the table says of an error, found by another code than the one that was sent.
     *
     * @param status the response's status
     * @param message the response's sentence, or null
     * @param code the code to look for, or null for none
     * @param operation the operation's id, or null where it is not known
     * @return what the row that fits best decides, or null if no row fits
     */
    public Decision.@Nullable Draft find(
            int status, @Nullable String message, @Nullable String code, @Nullable String operation) {
        return index().find(status, message, code, operation);
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
