package dev.holdfast.huawei;

import dev.holdfast.core.response.Document;
import dev.holdfast.core.response.Members;
import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.spi.ErrorDialect;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the metadata service speaks. */
final class MetadataDialect implements ErrorDialect {
    private static final Members KEY = Members.of("access", "securitytoken");

    /** The refusal of a server without an agency (tested for by all three SDKs, such as huaweicloud-sdk-java-v3). */
    private static final String NO_AGENCY = "configure cloud service agency";

    @Override
    public boolean isMarked() {
        return true;
    }

    /** Other OpenStack clouds have the same address and the same pages. None has the security key. */
    @Override
    public boolean recognises(Context context) {
        Document.Node credential = Document.read(context.response(), KEY).root().get("credential");
        String text = new String(context.response().body(), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        return (credential.get("access").exists()
                        && credential.get("securitytoken").exists())
                || (context.response().status() == 401 && text.contains(NO_AGENCY));
    }

    @Override
    public ServiceError error(Context context) {
        return MetadataErrors.parse(context.response());
    }

    @Override
    public @Nullable Intermediary intermediary(Context context) {
        return MetadataIntermediaries.recognise(context.response());
    }
}
