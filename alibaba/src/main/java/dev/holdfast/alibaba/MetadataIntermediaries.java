package dev.holdfast.alibaba;

import dev.holdfast.core.response.Document;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.spi.ErrorDialect;
import dev.holdfast.core.spi.ErrorDialect.Intermediary;
import org.jspecify.annotations.Nullable;

/**
 * Recognises who answers in the place of the metadata service. Its own refusals are pages too, titled with the status, so that a page alone proves
 * nothing; another cloud's mark, a proxy's header, or a page with another title does.
 */
final class MetadataIntermediaries {
    private static final String SOURCE =
            "aliyun/aliyun-cli#525 (the service's own page); headers of other clouds' metadata services";

    private MetadataIntermediaries() {}

    static @Nullable Intermediary recognise(ResponseView answer) {
        if (ErrorDialect.otherCloud(answer) != null) {
            return Intermediary.fail(
                    "other-cloud",
                    "Another cloud's metadata service answered: this machine is not an Alibaba Cloud ECS instance.",
                    SOURCE);
        }
        Document body = Document.read(answer, MetadataErrors.MEMBERS);
        String title = String.valueOf(body.text()).strip();
        boolean strangePage =
                body.format() == Document.Format.HTML && !title.startsWith(Integer.toString(answer.status()));
        if (ErrorDialect.isProxied(answer) || (strangePage && answer.status() < 500)) {
            return Intermediary.byStatus(
                    answer.status(),
                    "proxy",
                    "A proxy answered in the place of the metadata service: connect to 100.100.100.200 directly, without any proxy, and check its exceptions.",
                    SOURCE);
        }
        return null;
    }
}
