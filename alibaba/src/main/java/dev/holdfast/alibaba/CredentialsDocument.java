package dev.holdfast.alibaba;

import dev.holdfast.core.response.Document;
import dev.holdfast.core.response.Document.Node;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import org.jspecify.annotations.Nullable;

/**
 * A role's credentials, which are none where {@code Code} is not {@code Success}, although the status is 200 (credentials-go ecs_ram_role.go). The
 * list of role names at the same path is a text and always what it seems.
 */
final class CredentialsDocument {
    private CredentialsDocument() {}

    static @Nullable ServiceError failure(ResponseView answer, @Nullable RequestView request) {
        Node document = Document.read(answer, MetadataErrors.MEMBERS).root();
        if (!document.isObject()) {
            return null;
        }
        String code = document.text("Code");
        boolean keys = document.text("AccessKeyId") != null
                && document.text("AccessKeySecret") != null
                && document.text("SecurityToken") != null;
        if (code == null ? keys : code.strip().equals("Success") && keys) {
            return null;
        }
        // Nothing but these two: the rest of the document is secret.
        boolean success = code != null && code.strip().equals("Success");
        return ServiceError.of(success ? null : code, document.text("Message"));
    }
}
