package dev.holdfast.huawei;

import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Service;
import java.util.List;
import java.util.Map;

/** Answers in the shapes that carry a code and a sentence, and one request for each operation. */
final class HuaweiBody {
    static final Service IMETAL = HuaweiIMetal.in("cn-southwest-2");

    static final Map<String, RequestView> IMETAL_REQUESTS = Map.of(
            "read", RequestView.of("GET", "/v1/4f3e/instances?limit=10"),
            "create", RequestView.of("POST", "/v1/4f3e/instances/batch-create"),
            "change", RequestView.of("PUT", "/v1/4f3e/physicalservers/power-state"));

    static final Map<String, RequestView> METADATA_REQUESTS = Map.of(
            "metadata", RequestView.of("GET", "/openstack/latest/meta_data.json"),
            "securitykey", RequestView.of("GET", "/openstack/latest/securitykey"),
            "token", RequestView.of("PUT", "/meta-data/latest/api/token"));

    /** The documented one first; each has its place for code and message. */
    static final List<String> SHAPES = List.of(
            "{\"error_msg\":%2$s,\"error_code\":%1$s,\"request_id\":\"r-1\"}",
            "{\"error\":{\"code\":%1$s,\"message\":%2$s}}",
            "{\"code\":%1$s,\"message\":%2$s}",
            "{\"error\":{\"error_code\":%1$s,\"error_msg\":%2$s}}",
            "{\"errCode\":%1$s,\"externalMessage\":%2$s}",
            "{\"errCode\":%1$s,\"errMsg\":%2$s}",
            "{\"errorCode\":%1$s,\"errorMessage\":%2$s,\"detail\":\"d\"}",
            "{\"error_code\":%1$s,\"error_description\":%2$s}",
            "{\"error_code\":%1$s,\"error_message\":%2$s}");

    private HuaweiBody() {}

    static ResponseView answer(int status, String code, String message) {
        return code == null ? json(status, quoted(message)) : answer(SHAPES.get(0), status, code, message);
    }

    static ResponseView answer(String shape, int status, String code, String message) {
        return json(status, String.format(shape, quoted(code), quoted(message)));
    }

    static ResponseView json(int status, String body, String... headers) {
        return ResponseView.of(status, HeaderFields.of(headers), body);
    }

    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
