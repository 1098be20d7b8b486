package dev.holdfast.core.error;

import dev.holdfast.core.error.BodyTree.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads bodies and writes their trees flat. */
final class Trees {
    private Trees() {}

    static BodyTree of(byte[] body, String... headers) {
        return BodyTree.read(Answer.of(400, HeaderFields.of(headers), body, true));
    }

    static BodyTree of(String body, String... headers) {
        return of(body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** Every scalar as {@code /path/to=text}, in document order. */
    static List<String> scalars(BodyTree tree) {
        List<String> all = new ArrayList<>();
        collect(tree.root(), "", all);
        return all;
    }

    private static void collect(Node node, String path, List<String> all) {
        if (node.text() != null) {
            all.add(path + "=" + node.text());
        }
        int index = 0;
        for (Node child : node.children()) {
            collect(child, path + "/" + (child.name() == null ? index++ : child.name()), all);
        }
    }

    static int size(Node node) {
        return node.exists()
                ? 1 + node.children().stream().mapToInt(Trees::size).sum()
                : 0;
    }
}
