package dev.holdfast.huawei;

import dev.holdfast.core.response.Document;
import dev.holdfast.core.response.Document.Node;
import dev.holdfast.core.response.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Code and message wherever a document of Huawei's holds them. About a dozen shapes are in use; the pairs are tried in the order of Huawei's own SDKs
 * (huaweicloud-sdk-java-v3 ExceptionUtils), but half a pair and a code that is a number count too, which those SDKs lose.
 *
 * @param code the code, or null
 * @param message the sentence, or null; not cut, because it may be a document itself
 */
record CodeAndMessage(@Nullable String code, @Nullable String message) {
    private static final String[] CODES = {"error_code", "errorCode", "errCode", "code"};
    private static final String[] MESSAGES = {
        "error_msg",
        "error_message",
        "error_description",
        "errorMessage",
        "errorMsg",
        "externalMessage",
        "errMsg",
        "message",
        "reason",
        "error"
    };
    /** All names under which a code, a sentence or the class of an error is looked for. */
    static final Members MEMBERS = Members.of(CODES).and(MESSAGES).and("type");

    private static final int DEEPEST = 3;
    private static final int WIDEST = 16;
    private static final Pattern DOTTED = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*(\\.[0-9A-Za-z]+)+");

    /** OpenStack's names for a class of errors; any other name counts only if a number or a type stands inside. */
    private static final Pattern OPENSTACK = Pattern.compile(
            "badRequest|unauthorized|forbidden|itemNotFound|conflictingRequest|overLimit|computeFault|serviceUnavailable");

    private static final Pattern WRAPPER = Pattern.compile("(?!(?i:errors?)$)[A-Za-z]+");

    private static final CodeAndMessage NOTHING = new CodeAndMessage(null, null);

    static CodeAndMessage in(Document tree) {
        Node root = tree.root();
        if (root.text() != null) {
            return new CodeAndMessage(null, root.text());
        }
        return find(root, 0);
    }

    /** Such as {@code iMetal.0003}; no service's own code lacks the dot, apart from bare numbers. */
    static boolean isDotted(@Nullable String text) {
        return text != null && DOTTED.matcher(text.strip()).matches();
    }

    /** Whether it says next to nothing, so that a code inside the message knows more. */
    boolean isGeneric() {
        return !isDotted(code) || "Ecs.1000".equalsIgnoreCase(code);
    }

    private static CodeAndMessage find(Node node, int depth) {
        CodeAndMessage here = within(node);
        if (here.code != null || depth == DEEPEST) {
            return here;
        }
        for (Node child : errorFirst(node)) {
            CodeAndMessage inner = find(child, depth + 1);
            if (inner.code != null) {
                return inner;
            }
            here = here.message == null ? inner : here;
        }
        return here;
    }

    private static CodeAndMessage within(Node node) {
        if (!node.isObject()) {
            return NOTHING;
        }
        String code = node.text(CODES);
        String message = node.text(MESSAGES);
        if (code != null && message != null && code.strip().indexOf(' ') > 0 && isDotted(message)) {
            // One of ECS's documented samples has the two in each other's place.
            return new CodeAndMessage(message, code);
        }
        String wrapper = message == null ? null : wrapper(node, code);
        return new CodeAndMessage(wrapper == null ? code : wrapper, message);
    }

    /** {"itemNotFound":{"message":"…","code":404}}: the name around it is the class of the error, and the number only the status. */
    private static @Nullable String wrapper(Node node, @Nullable String code) {
        String name = node.name();
        String type = node.text("type");
        if (name == null || !WRAPPER.matcher(name).matches()) {
            return null;
        }
        if (code == null) {
            return type != null ? type : OPENSTACK.matcher(name).matches() ? name : null;
        }
        return code.strip().chars().allMatch(Character::isDigit) ? name : null;
    }

    /** Objects below, of an array the first; {@code error} stands beside lists of what failed in a batch. */
    private static List<Node> errorFirst(Node node) {
        List<Node> below = new ArrayList<>();
        for (Node child : node.children()) {
            Node first = child.isArray() && !child.children().isEmpty()
                    ? child.children().get(0)
                    : child;
            boolean named = "error".equalsIgnoreCase(child.name());
            if (first.isObject() && (named || below.size() < WIDEST)) {
                below.add(named ? 0 : below.size(), first);
            }
        }
        return below;
    }
}
