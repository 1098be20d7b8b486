package dev.holdfast.core.response;

import dev.holdfast.core.response.Document.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads bodies and writes their trees flat. */
final class Trees {
    private Trees() {}

    static Document of(byte[] body, String... headers) {
        return Document.read(ResponseView.of(400, HeaderFields.of(headers), body, true));
    }

    static Document of(String body, String... headers) {
        return of(body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** Every scalar as {@code /path/to=text}, in document order. */
    static List<String> scalars(Document tree) {
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
