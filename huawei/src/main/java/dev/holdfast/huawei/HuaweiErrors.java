package dev.holdfast.huawei;

import dev.holdfast.core.response.Document;
import dev.holdfast.core.response.Document.Node;
import dev.holdfast.core.response.Members;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of the API gateway and of the services behind it. */
final class HuaweiErrors {
    /** Stands with an IAM 5.0 policy denial, which no new credential cures; a further error of this code tells of it. */
    private static final String DENIAL = "encoded_authorization_message";

    /** One table under the names of the shared gateway, the dedicated gateway and ROMA; the dedicated gateway's 2xxx and 3xxx are another one. */
    private static final Pattern OTHER_GATEWAY =
            Pattern.compile("^API[GC]\\.(0[1-8]\\d\\d|10\\d\\d)(?!\\d)", Pattern.CASE_INSENSITIVE);

    private static final int MOST_FURTHER = 20;

    static final Members MEMBERS = CodeAndMessage.MEMBERS.and(DENIAL, "id", "request_id", "requestId", "HostId");

    private HuaweiErrors() {}

    static ServiceError parse(ResponseView answer) {
        Document tree = Document.read(answer, MEMBERS);
        Node root = tree.root();
        if (!root.exists()) {
            // Object storage says it in headers where there is no body, as after HEAD.
            String code = answer.headers().first("x-obs-error-code");
            return code == null
                    ? ServiceError.text(tree.text())
                    : ServiceError.of(code, answer.headers().first("x-obs-error-message"));
        }
        CodeAndMessage outer = CodeAndMessage.in(tree);
        List<ServiceError.Further> further = listed(root);
        CodeAndMessage said = unfolded(outer, further);
        if (holdsDenial(root)) {
            further.add(0, new ServiceError.Further(DENIAL, null, null));
        }
        return ServiceError.of(said.code(), said.message()).withFurther(further).withRequestIds(ids(root));
    }

    /** One code is known to come with 202 though the work was refused; any other pair in a success belongs to the instances it lists. */
    static @Nullable ServiceError throttledInDisguise(ResponseView answer) {
        if (answer.status() != 202) {
            return null;
        }
        ServiceError error = parse(answer);
        return "Common.0024".equalsIgnoreCase(error.code()) ? error : null;
    }

    /** The code to look for: one table stands under three names, and a denial counts for more than any code but one of a 403, which says more. */
    static @Nullable String lookedUp(ResponseView answer, ServiceError error) {
        boolean denied = !error.further().isEmpty()
                && DENIAL.equals(error.further().get(0).code());
        if (denied && answer.status() != 403) {
            return DENIAL;
        }
        String code = error.code();
        return code == null ? null : OTHER_GATEWAY.matcher(code).replaceFirst("APIGW.$1");
    }

    /** A message may be the answer of another service; one level of that is read, and what says more becomes the error. */
    private static CodeAndMessage unfolded(CodeAndMessage outer, List<ServiceError.Further> further) {
        String message = outer.message();
        if (message == null || !message.stripLeading().startsWith("{")) {
            return outer;
        }
        CodeAndMessage inner = CodeAndMessage.in(Document.read(message, CodeAndMessage.MEMBERS));
        if (inner.code() == null && inner.message() == null) {
            return outer;
        }
        if (!outer.isGeneric()) {
            further.add(new ServiceError.Further(inner.code(), inner.message(), null));
            return outer;
        }
        if (inner.code() == null) {
            return new CodeAndMessage(outer.code(), inner.message());
        }
        if (outer.code() != null) {
            further.add(new ServiceError.Further(outer.code(), null, null));
        }
        return inner;
    }

    private static boolean holdsDenial(Node node) {
        if (node.text(DENIAL) != null) {
            return true;
        }
        for (Node child : node.children()) {
            if (child.text(DENIAL) != null) {
                return true;
            }
        }
        return false;
    }

    private static List<ServiceError.Further> listed(Node root) {
        List<ServiceError.Further> further = new ArrayList<>();
        for (Node list : List.of(root.get("error").get("details"), root.get("details"), root.get("internalError"))) {
            for (Node item : list.children()) {
                String code = item.text("error_code", "code");
                String message = item.text("error_message", "error_msg", "message");
                if ((code != null || message != null) && further.size() < MOST_FURTHER) {
                    further.add(new ServiceError.Further(code, message, item.text("id")));
                }
            }
        }
        return further;
    }

    private static Map<String, String> ids(Node root) {
        Map<String, String> ids = new LinkedHashMap<>();
        put(ids, "request_id", root.text("request_id", "requestId"));
        put(ids, "error.request_id", root.get("error").text("request_id", "requestId"));
        put(ids, "HostId", root.text("HostId"));
        return ids;
    }

    private static void put(Map<String, String> ids, String name, @Nullable String id) {
        if (id != null) {
            ids.put(name, id);
        }
    }
}
