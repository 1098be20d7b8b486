package dev.holdfast.huawei;

import dev.holdfast.core.response.Document;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.spi.ErrorDialect;
import dev.holdfast.core.spi.ErrorDialect.Intermediary;
import org.jspecify.annotations.Nullable;

/**
 * Recognises who answers in the place of the metadata service. Its own refusals are pages too, as OpenStack's are, titled with the status; a page with
 * another title, or another cloud's mark, is somebody else's, and a 401 of such must not cost a token.
 */
final class MetadataIntermediaries {
    private static final String SOURCE =
            "OpenStack's pages (huaweicloud-sdk-go-v3 metadata_accessor.go); headers of other clouds' metadata services";

    private MetadataIntermediaries() {}

    static @Nullable Intermediary recognise(ResponseView answer) {
        if (ErrorDialect.otherCloud(answer) != null) {
            return Intermediary.fail(
                    "other-cloud",
                    "Another cloud's metadata service answered: this machine is not a server of Huawei Cloud.",
                    SOURCE);
        }
        String title = String.valueOf(
                        Document.read(answer, HuaweiErrors.MEMBERS).text())
                .strip();
        return title.startsWith(Integer.toString(answer.status())) ? null : ErrorDialect.webPage(answer);
    }
}
