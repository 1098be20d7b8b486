package dev.holdfast.huawei;

import dev.holdfast.core.response.Document;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;

/**
 * Reads what the metadata service sends: text or a page, as OpenStack does, and now and then JSON from something before it. It has no codes of its own,
 * so a number or a wrapper's name is none either: the sentence must be compared as it stands.
 */
final class MetadataErrors {
    private MetadataErrors() {}

    static ServiceError parse(ResponseView answer) {
        String page = Document.read(answer, HuaweiErrors.MEMBERS).visibleText();
        if (page != null) {
            // The title is only the status; the sentence that decides stands below it.
            return ServiceError.text(page);
        }
        ServiceError error = HuaweiErrors.parse(answer);
        if (CodeAndMessage.isDotted(error.code()) || error.code() == null) {
            return error;
        }
        return ServiceError.of(null, error.message()).withRequestIds(error.requestIds());
    }
}
