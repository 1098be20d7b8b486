package dev.holdfast.huawei;

import dev.holdfast.core.Sender;
import java.net.URI;
import java.util.Objects;

/** Where credentials are asked for. */
final class MetadataCalls {
    private MetadataCalls() {}

    static Sender checked(Sender sender) {
        String id = Objects.requireNonNull(sender, "sender must not be null")
                .holdfast()
                .service()
                .id();
        if (!id.equals(HuaweiMetadata.SERVICE.id())) {
            throw new IllegalArgumentException(
                    "sender must make calls of " + HuaweiMetadata.SERVICE.id() + ", but makes calls of " + id);
        }
        return sender;
    }

    static URI url(Sender sender, String path) {
        URI endpoint = sender.holdfast().endpoint();
        return (endpoint == null ? sender.holdfast().service().baseUrl() : endpoint).resolve(path);
    }
}
