package dev.holdfast.alibaba;

import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.spi.ErrorDialect;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How the metadata service speaks. */
final class MetadataDialect implements ErrorDialect {
    /** Names in the list of {@code /latest/meta-data/} that AWS's list, which looks the same, does not have (alibabacloud.com, view-instance-metadata, 2026). */
    private static final Set<String> OWN = Set.of("region-id", "zone-id", "owner-account-id", "eipv4");

    /** A hardened instance refuses a probe without a token with this page (ECS metadata FAQ; the form of aliyun-cli#525). */
    private static final Pattern REFUSED = Pattern.compile("40[13] - (Forbidden|Unauthorized)");

    @Override
    public boolean isMarked() {
        return true;
    }

    @Override
    public boolean recognises(Context context) {
        String text = new String(context.response().body(), StandardCharsets.UTF_8);
        if (ErrorDialect.otherCloud(context.response()) != null) {
            return false;
        }
        return context.response().status() == 200
                ? text.lines().map(String::strip).anyMatch(OWN::contains)
                : REFUSED.matcher(text).find();
    }

    @Override
    public ServiceError error(Context context) {
        return MetadataErrors.parse(context.response());
    }

    @Override
    public @Nullable ServiceError failure(Context context) {
        return CredentialsDocument.failure(context.response(), context.request());
    }

    @Override
    public @Nullable Intermediary intermediary(Context context) {
        return MetadataIntermediaries.recognise(context.response());
    }
}
