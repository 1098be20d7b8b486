package dev.holdfast.core.response;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.catalogue.Catalogue;
import dev.holdfast.core.internal.decide.DecisionPipeline;
import dev.holdfast.core.spi.Dialects;
import dev.holdfast.core.spi.ErrorDialect;
import dev.holdfast.core.spi.ErrorDialect.Context;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Law 2: a body is parsed once, whatever its shape, and however many look for something in it. */
class OnePassTest {
    private static final Members MEMBERS = Members.of("code", "message");
    private static final Members OTHERS = Members.of("requestId");

    private final DecisionPipeline pipeline =
            new DecisionPipeline("test/service", List.of(), ErrorDialect.recognisingWebPages(), Catalogue.empty());

    private static ResponseView view(byte[] body) {
        return ResponseView.of(403, HeaderFields.of("Content-Type", "application/json"), body, true);
    }

    private static ResponseView view(String body) {
        return view(body.getBytes(StandardCharsets.UTF_8));
    }

    @TestFactory
    Stream<DynamicTest> aDecisionReadsABodyOfAnyShapeOnce() {
        return each((name, view) -> {
            Context context = Dialects.context(view);
            pipeline.decide(context, null);
            pipeline.decide(context, null);
            assertThat(view.passes()).as(name).isOne();
        });
    }

    @TestFactory
    Stream<DynamicTest> theSameReaderReadsOnce() {
        return each((name, view) -> {
            Document first = Document.read(view, MEMBERS);
            Document.isPage(view);
            assertThat(Document.read(view, MEMBERS)).isSameAs(first);
            assertThat(view.passes()).as(name).isOne();
        });
    }

    @TestFactory
    Stream<DynamicTest> aTreeThatCameFirstServesAll() {
        return each((name, view) -> {
            Document tree = Document.read(view);
            assertThat(Document.read(view, MEMBERS)).isSameAs(tree);
            assertThat(Document.read(view, OTHERS)).isSameAs(tree);
            assertThat(Document.read(view)).isSameAs(tree);
            assertThat(view.passes()).as(name).isOne();
        });
    }

    @TestFactory
    Stream<DynamicTest> aQuestionForAPageThatCameFirstServesAll() {
        return each((name, view) -> {
            Document.isPage(view);
            Document.read(view, MEMBERS);
            assertThat(view.passes()).as(name).isOne();
        });
    }

    @Test
    void aTreeThatIsAskedForLaterIsAPassOfItsOwn() {
        ResponseView view = view("{\"code\":\"Busy\",\"other\":\"o\"}");
        assertThat(Document.read(view, MEMBERS).root().text("other")).isNull();
        assertThat(Document.read(view).root().text("other")).isEqualTo("o");
        assertThat(Document.read(view, MEMBERS).root().text("code")).isEqualTo("Busy");
        assertThat(view.passes()).isEqualTo(2);
    }

    @Test
    void otherMembersAreAPassOfTheirOwnWhereThereAreMembers() {
        ResponseView json = view("{\"code\":\"Busy\",\"requestId\":\"r-1\"}");
        Document.read(json, MEMBERS);
        assertThat(Document.read(json, OTHERS).root().text("requestId")).isEqualTo("r-1");
        assertThat(json.passes()).isEqualTo(2);

        ResponseView text = view("no luck");
        Document.read(text, MEMBERS);
        assertThat(Document.read(text, OTHERS).text()).isEqualTo("no luck");
        assertThat(text.passes()).isOne();
    }

    /** The bytes are read as UTF-8 until one proves that they are not. */
    @Test
    void anObjectInAnotherEncodingIsBegunAnew() {
        ResponseView view = view("{\"message\":\"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(Document.read(view, MEMBERS).root().text("message")).isEqualTo("caf\u00e9");
        assertThat(view.passes()).isEqualTo(2);
    }

    @Test
    void aBodyThatADialectTakesForItselfIsCounted() {
        ResponseView view = view("{}");
        Document.read(view, MEMBERS);
        assertThat(view.body()).hasSize(2);
        assertThat(view.passes()).isEqualTo(2);
    }

    private static Stream<DynamicTest> each(Check check) {
        return Bodies.all().entrySet().stream()
                .map((Map.Entry<String, byte[]> body) ->
                        DynamicTest.dynamicTest(body.getKey(), () -> check.of(body.getKey(), view(body.getValue()))));
    }

    private interface Check {
        void of(String name, ResponseView view);
    }
}
