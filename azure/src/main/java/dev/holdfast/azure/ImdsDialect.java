package dev.holdfast.azure;

import dev.holdfast.core.response.Document;
import dev.holdfast.core.response.Members;
import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.spi.ErrorDialect;
import org.jspecify.annotations.Nullable;

/** How the metadata service speaks. */
final class ImdsDialect implements ErrorDialect {
    /** In a 200 of {@code /metadata/versions}, and in a 400 for a version that is none (learn.microsoft.com, instance-metadata-service, 2025). */
    private static final Members VERSIONS = Members.of("apiVersions", "newest-versions");

    @Override
    public boolean isMarked() {
        return true;
    }

    @Override
    public boolean recognises(Context context) {
        String server = context.response().headers().first("Server");
        if (server != null && server.regionMatches(true, 0, "IMDS/", 0, 5)) {
            return true;
        }
        Document.Node root = Document.read(context.response(), VERSIONS).root();
        return root.get("apiVersions").exists() || root.get("newest-versions").exists();
    }

    @Override
    public ServiceError error(Context context) {
        return ImdsErrors.parse(context.response());
    }

    @Override
    public @Nullable Intermediary intermediary(Context context) {
        return ImdsIntermediaries.recognise(context.response(), context.error());
    }
}
