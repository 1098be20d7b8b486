package dev.holdfast.core.response;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.response.Document.Node;
import org.junit.jupiter.api.Test;

class DocumentTest {
    private final Node root = Trees.of("""
                    {"Text":"t","blank":" ","number":7,"flag":true,"none":null,
                     "object":{"inner":"i"},"list":["a",{"b":"c"}]}
                    """).root();

    @Test
    void childrenAreFoundWithoutCase() {
        assertThat(root.get("text").text()).isEqualTo("t");
        assertThat(root.get("TEXT").name()).isEqualTo("Text");
        assertThat(root.get("object").get("Inner").text()).isEqualTo("i");
        assertThat(root.get("inner").exists()).as("a grandchild").isFalse();
    }

    @Test
    void typesAreKnown() {
        assertThat(root.isObject()).isTrue();
        assertThat(root.isArray()).isFalse();
        assertThat(root.get("list").isArray()).isTrue();
        assertThat(root.get("list").isObject()).isFalse();
        assertThat(root.get("number").text()).isEqualTo("7");
        assertThat(root.get("flag").text()).isEqualTo("true");
        assertThat(root.get("none").exists()).isTrue();
        assertThat(root.get("none").text()).isNull();
        assertThat(root.get("object").text()).isNull();
        assertThat(root.get("list").text()).isNull();
    }

    @Test
    void theFirstOfSeveralNamesThatHasATextCounts() {
        assertThat(root.text("missing", "none", "blank", "object", "number", "text"))
                .isEqualTo("7");
        assertThat(root.text("text", "number")).isEqualTo("t");
        assertThat(root.text("missing", "blank")).isNull();
        assertThat(root.text(new String[0])).isNull();
    }

    @Test
    void childrenComeInOrder() {
        assertThat(root.children())
                .extracting(Node::name)
                .containsExactly("Text", "blank", "number", "flag", "none", "object", "list");
        assertThat(root.get("list").children()).extracting(Node::text).containsExactly("a", null);
        assertThat(root.get("number").children()).isEmpty();
    }

    @Test
    void whatIsMissingMayBeAskedToo() {
        Node missing = root.get("missing").get("further");
        assertThat(missing.exists()).isFalse();
        assertThat(missing.isObject()).isFalse();
        assertThat(missing.isArray()).isFalse();
        assertThat(missing.name()).isNull();
        assertThat(missing.text()).isNull();
        assertThat(missing.text("a")).isNull();
        assertThat(missing.children()).isEmpty();
        assertThat(missing).hasToString("Node[missing]");
    }

    @Test
    void neverShowsWhatItHolds() {
        Node secret = Trees.of("{\"token\":\"CANARY\"}").root();
        assertThat(secret + " " + secret.get("token") + " " + secret.tree()).doesNotContain("CANARY");
    }
}
