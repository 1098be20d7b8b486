package dev.holdfast.alibaba;

import dev.holdfast.core.response.Document;
import dev.holdfast.core.response.Document.Node;
import dev.holdfast.core.response.Members;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;

/**
 * Reads the metadata service's refusals: an XHTML page whose title is the whole message (aliyun/aliyun-cli#525), the same as a text, or nothing. Of
 * a document only code and message are taken, because beside them could stand a secret.
 */
final class MetadataErrors {
    /** Those of an error, and the keys by which {@link CredentialsDocument} knows a success. */
    static final Members MEMBERS = Members.of("Code", "Message", "AccessKeyId", "AccessKeySecret", "SecurityToken");

    private MetadataErrors() {}

    static ServiceError parse(ResponseView answer) {
        Document tree = Document.read(answer, MEMBERS);
        Node root = tree.root();
        if (!root.exists()) {
            return ServiceError.text(tree.text());
        }
        String text = root.text();
        return text != null ? ServiceError.of(null, text) : ServiceError.of(root.text("Code"), root.text("Message"));
    }
}
