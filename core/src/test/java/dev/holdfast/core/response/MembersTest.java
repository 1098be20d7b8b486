package dev.holdfast.core.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.response.Document.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class MembersTest {
    private static final String[] NAMES = {"code", "message", "requestId", "list", "k"};
    private static final Members MEMBERS = Members.of(NAMES);

    private static Document read(String body, Members members) {
        return Document.read(body, members);
    }

    @Test
    void namesAreComparedWithoutCase() {
        Members members = Members.of("Code", "b").and("requestId");
        assertThat(members.take("CODE")).isTrue();
        assertThat(members.take("code")).isTrue();
        assertThat(members.take("B")).isTrue();
        assertThat(members.take("REQUESTID")).isTrue();
        assertThat(members.take("cod")).isFalse();
        assertThat(members.take("codes")).isFalse();
        assertThat(members.take("requestIds")).isFalse();
        assertThat(members.take("")).isFalse();
        assertThat(Members.of().take("code")).isFalse();
        assertThat(members).hasToString("Members[Code, b, requestId]");
    }

    @Test
    void aNameHasAText() {
        assertThatThrownBy(() -> Members.of("code", " "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("names must not be blank");
        assertThatThrownBy(() -> MEMBERS.and("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Document.read(ResponseView.of(400), null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void namesThatTheCallerChangesLaterStay() {
        String[] names = {"code"};
        Members members = Members.of(names);
        names[0] = "other";
        assertThat(members.take("code")).isTrue();
        assertThat(members.and("more").take("code")).isTrue();
    }

    @Test
    void whatIsNotNamedIsAsIfMissing() {
        String body = "{\"code\":\"A\",\"secret\":\"s\",\"secret2\":7,\"inner\":{\"CODE\":\"B\",\"secret\":null}}";
        Node root = read(body, Members.of("code")).root();
        assertThat(root.text("code")).isEqualTo("A");
        assertThat(root.get("secret").exists()).isFalse();
        assertThat(root.children()).hasSize(2);
        assertThat(root.get("inner").text("code")).isEqualTo("B");
        assertThat(root.get("inner").children()).hasSize(1);
    }

    @Test
    void elementsOfAnArrayKeepTheirPlaces() {
        String body = "{\"list\":[\"a\",{\"code\":\"b\"},1],\"other\":[\"c\",{\"code\":\"d\"},true]}";
        Node root = read(body, MEMBERS).root();
        assertThat(root.get("list").children()).extracting(Node::text).containsExactly("a", null, "1");
        assertThat(root.get("other").children()).extracting(Node::text).containsExactly(null, null, null);
        assertThat(root.get("other").children().get(1).text("code")).isEqualTo("d");
        assertThat(read("[\"a\",[\"b\"]]", MEMBERS).root().children().get(0).text())
                .isEqualTo("a");
    }

    @Test
    void aRootIsAlwaysTaken() {
        assertThat(read("\"busy\"", Members.of()).root().text()).isEqualTo("busy");
        assertThat(read("<Busy>now</Busy>", Members.of()).root().text()).isEqualTo("now");
    }

    @Test
    void elementsOfXmlAreMembersToo() {
        Node root = read("<E><Code>A</Code><Secret>s</Secret><In><Code>B</Code></In></E>", MEMBERS)
                .root();
        assertThat(root.text("code")).isEqualTo("A");
        assertThat(root.get("Secret").text()).isNull();
        assertThat(root.get("In").text("code")).isEqualTo("B");
    }

    /** What is passed over must be legal: a name that is added to the members must not change what the document is. */
    @TestFactory
    Stream<DynamicTest> namedMembersAreThoseOfTheTree() {
        Map<String, byte[]> bodies = Bodies.all();
        for (String text : List.of(
                "{\"other\":\"" + "x".repeat(17_000) + "\",\"code\":\"A\"}",
                "{\"other\":\"\\x\",\"code\":\"A\"}",
                "{\"other\":\"\n\",\"code\":\"A\"}",
                "{\"code\":\"A\",\"other\":12",
                "{\"code\":\"A\",\"other\":[1,2",
                "{\"code\":\"A\",\"code\":\"B\",\"Code\":\"C\"}",
                "{\"a\":[" + "{\"o\":1},".repeat(900) + "{\"k\":1}],\"code\":\"A\"}",
                "{\"a\":[" + "{\"o\":1},".repeat(1_100) + "{\"k\":1}],\"code\":\"A\"}",
                "{" + "\"k\":0,".repeat(1_990) + "\"o\":1,".repeat(20) + "\"code\":\"A\"}")) {
            bodies.put(bodies.size() + ", " + text.substring(0, 15), text.getBytes(StandardCharsets.UTF_8));
        }
        return bodies.entrySet().stream()
                .map(body -> DynamicTest.dynamicTest(
                        body.getKey(),
                        () -> assertLikeTheTree(
                                ResponseView.of(400, HeaderFields.empty(), body.getValue(), true), body.getKey())));
    }

    /** Compares what two readers find, each in a view of its own. */
    static void assertLikeTheTree(ResponseView answer, String what) {
        Document named = Document.read(copy(answer), MEMBERS);
        Document tree = Document.read(copy(answer));
        assertThat(named.format()).as(what).isEqualTo(tree.format());
        assertThat(named.complete()).as(what).isEqualTo(tree.complete());
        assertThat(named.text()).as(what).isEqualTo(tree.text());
        assertThat(lookedUp(named.root())).as(what).isEqualTo(lookedUp(tree.root()));
    }

    private static ResponseView copy(ResponseView answer) {
        return ResponseView.of(answer.status(), answer.headers(), answer.body(), answer.complete());
    }

    private static List<String> lookedUp(Node root) {
        List<String> found = new ArrayList<>();
        collect(root, "", found);
        return found;
    }

    private static void collect(Node node, String path, List<String> found) {
        for (String name : NAMES) {
            found.add(path + "/" + name + "=" + node.get(name).text());
        }
        int place = 0;
        for (Node child : node.children()) {
            place += node.isArray() ? 1 : 0;
            if (child.isObject() || child.isArray()) {
                collect(child, path + "/" + (child.name() == null ? place : child.name()), found);
            }
        }
    }
}
