package dev.holdfast.core.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTemplateTest {

    @ParameterizedTest
    @MethodSource
    void everyFormCaptures(String template, String message, Map<String, String> captured) {
        MessageTemplate compiled = MessageTemplate.compile(template);
        assertThat(compiled.capture(message)).isEqualTo(captured);
        assertThat(compiled.names()).containsExactlyInAnyOrderElementsOf(captured.keySet());
        assertThat(compiled.matches(compiled.render("any thing"))).isTrue();
        assertThat(compiled.text()).isEqualTo(template).isEqualTo(compiled.toString());
    }

    static Stream<Arguments> everyFormCaptures() {
        return Stream.of(
                arguments("Disk {name} is full", "Disk sda1 is full", Map.of("name", "sda1")),
                arguments("Disk { disk name } is full", "Disk sda1 is full", Map.of("disk name", "sda1")),
                arguments("Disk {0} of {1} is full", "Disk sda1 of vm7 is full", Map.of("0", "sda1", "1", "vm7")),
                arguments("Not found: {id...}", "Not found: [a-1, b-2]", Map.of("id", "[a-1, b-2]")),
                arguments("Not found: {id...}", "Not found: a-1", Map.of("id", "a-1")),
                arguments("Not found: { id ...}, {why}", "Not found: [a], gone", Map.of("id", "[a]", "why", "gone")),
                arguments(
                        "Not found: {id...}, {why}",
                        "Not found: [a, b, c], gone, or so",
                        Map.of("id", "[a, b, c]", "why", "gone, or so")),
                arguments(
                        "Not found: {id}, {why}",
                        "Not found: [a, b, c], gone, or so",
                        Map.of("id", "[a", "why", "b, c], gone, or so")),
                arguments("Not found: {id...}, {why}", "Not found: [a, b], c", Map.of("id", "[a, b]", "why", "c")),
                arguments("Not found: {id...}, {why}", "Not found: [a, b", Map.of("id", "[a", "why", "b")),
                arguments("Not found: {id...}, {why}", "Not found: a, b [c], d", Map.of("id", "a", "why", "b [c], d")),
                arguments("{a} and {a} and {a}", "x and y and z", Map.of("a", "x", "a2", "y", "a3", "z")),
                arguments("Nothing to fill", "nothing to fill", Map.of()));
    }

    @ParameterizedTest
    @MethodSource
    void placesMayBeAtTheEdgesEmptyOrAdjacent(String template, String message, Map<String, String> captured) {
        assertThat(MessageTemplate.compile(template).capture(message)).isEqualTo(captured);
    }

    static Stream<Arguments> placesMayBeAtTheEdgesEmptyOrAdjacent() {
        return Stream.of(
                arguments("{who} is away", "The king is away", Map.of("who", "The king")),
                arguments("{who} is away", "is away", Map.of("who", "")),
                arguments("Away is {who}", "Away is", Map.of("who", "")),
                arguments("Away is \"{who}\"", "Away is \"\"", Map.of("who", "")),
                arguments("No {a} for {b} now", "No for now", Map.of("a", "", "b", "")),
                arguments("No {a}{b} now", "No one now", Map.of("a", "", "b", "one")),
                arguments("All gone. {rest}", "All gone. See log.", Map.of("rest", "See log.")),
                arguments("All gone. {rest}", "All gone.", Map.of("rest", "")),
                arguments("{a} in {b} in {c}", "x in y in z in w", Map.of("a", "x", "b", "y", "c", "z in w")));
    }

    @ParameterizedTest
    @MethodSource
    void valuesKeepTheirSpelling(String template, String message, String value) {
        assertThat(MessageTemplate.compile(template).capture(message)).containsValue(value);
    }

    static Stream<Arguments> valuesKeepTheirSpelling() {
        return Stream.of(
                arguments("parameter '{0}' is bad", "Parameter \"UploadSasUri\" is bad.", "UploadSasUri"),
                arguments("parameter '{0}' is bad", "parameter a  B\tc is bad", "a  B\tc"),
                arguments("path {0} is bad", "path /a_b/*.zip/**/ is bad", "/a_b/*.zip/**/"),
                arguments("path {0} is bad", "path * is bad", "*"),
                arguments("path {0} is bad", "path _private_ is bad", "_private_"),
                arguments("path {0} is bad", "path don't is bad", "don't"),
                arguments("path {0} is bad", "path a&quot;b\\c is bad", "a&quot;b\\c"),
                arguments("path is {0}", "path is a.b.c", "a.b.c"),
                arguments("path is {0}", "path is a.b.", "a.b."),
                arguments("claim is {0}.", "claim is 2026-11-21.", "2026-11-21"),
                arguments("claim is {0}.", "claim is 2026-11-21", "2026-11-21"),
                arguments("claim is {0}.", "claim is a.b..", "a.b."),
                arguments("claim is '{0}'.", "claim is 'x'.", "x"),
                arguments("name is {0}, sir", "name is \ud83d\ude00 \u4e2d\u6587, sir", "\ud83d\ude00 \u4e2d\u6587"));
    }

    @ParameterizedTest
    @MethodSource
    void whatIsNoPlaceIsAWord(String template, String same, String other) {
        MessageTemplate compiled = MessageTemplate.compile(template);
        assertThat(compiled.matches(same)).isTrue();
        assertThat(compiled.matches(other)).isFalse();
        assertThat(compiled.matches(compiled.render("x"))).isTrue();
    }

    static Stream<Arguments> whatIsNoPlaceIsAWord() {
        return Stream.of(
                arguments("write \\{id} here", "write {id} here", "write 7 here"),
                arguments("write [{id}, ...] here", "write [7, ...] here", "write 7 here"),
                arguments("write %s here", "write %s here", "write 7 here"),
                arguments("write <id> here", "write <id> here", "write 7 here"),
                arguments("write &lt;id> here", "write <id> here", "write 7 here"),
                arguments("write … here", "write … here", "write 7 here"),
                arguments("the {} braces", "the {} braces", "the braces"),
                arguments("1 < 2 and 3 > 2", "1 < 2 and 3 > 2", "1 2"));
    }

    @Test
    void aValueMayHoldWhatLooksLikeAPlaceholder() {
        MessageTemplate template = MessageTemplate.compile("Bad value {v} here");
        assertThat(template.capture("Bad value {v} <b> %s here")).containsEntry("v", "{v} <b> %s");
        assertThat(template.capture("Bad value $1 \\ here")).containsEntry("v", "$1");
        assertThat(template.matches(template.render("$1{v}%s"))).isTrue();
    }

    @Test
    void controlCharactersAreBlanks() {
        MessageTemplate template = MessageTemplate.compile("a\u0001b {x} c");
        assertThat(template.names()).containsExactly("x");
        assertThat(template.capture("ab 1 c")).containsExactly(Map.entry("x", "1"));
        assertThat(template.capture("a\u0001b 1 \u0001 c")).containsEntry("x", "1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Disk sda1 is fuller",
                "Disk sda1 is full now",
                "The disk sda1 is full",
                "Disk sda1 was full",
                "Disk sda1 is ful",
                "Dis sda1 is full",
                "Disk full",
                "is full",
                "Disk is",
                "",
                "   ",
                "…"
            })
    void neverAnotherSentence(String message) {
        MessageTemplate template = MessageTemplate.compile("Disk {name} is full");
        assertThat(template.matches(message)).isFalse();
        assertThat(template.capture(message)).isNull();
    }

    @Test
    void wordsMustNotOverlap() {
        assertThat(MessageTemplate.compile("abc{x}bcd").matches("abcd")).isFalse();
        assertThat(MessageTemplate.compile("abc{x}bcd").matches("abcbcd")).isTrue();
        assertThat(MessageTemplate.compile("ab{x}bc{y}cd").matches("abcd")).isFalse();
        assertThat(MessageTemplate.compile("ab{x}bc{y}cd").matches("abbccd")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "...", "\"\"", "{a}", "{a} {b}", "\"{a}\".", "{id...}"})
    void needsWords(String text) {
        assertThatThrownBy(() -> MessageTemplate.compile(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("message must hold words to recognise it by, but \"" + text
                        + "\" holds none beside placeholders");
    }

    @Test
    void needsAText() {
        assertThatThrownBy(() -> MessageTemplate.compile(null)).hasMessage("message must not be null");
    }

    @Test
    void whatIsCapturedCannotBeChanged() {
        Map<String, String> captured = MessageTemplate.compile("a {x}").capture("a b");
        assertThatThrownBy(() -> captured.put("x", "c")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void moreWordsAreMoreSpecific() {
        assertThat(MessageTemplate.compile("The disk {a} is full").literalLength())
                .isEqualTo("thediskisfull".length())
                .isGreaterThan(MessageTemplate.compile("The disk {rest}").literalLength());
    }

    /** Sentences of the vendors' tables as they are written there: each is recognised, and none is taken for another. */
    @Test
    void noVendorsSentenceIsTakenForAnother() {
        List<MessageTemplate> templates = Stream.of(
                        "Missing required parameter \"{ParameterName}\". Please fix the request and retry.",
                        "Parameter value \"{ParameterValue}\" is not allowed for parameter \"{ParameterName}\". Please fix the request and retry.",
                        "Parameter value is not allowed. Please fix the request and retry.",
                        "API is not found: Path = \"{UrlPath}\", Method = \"{Method}\"",
                        "Http method is not allowed: Path = \"{UrlPath}\", Method = \"{Method}\"",
                        "Request body is larger than MaxBodyLength: {rest}",
                        "Parameter key length is larger than MaxParameterKeyLength: {rest}",
                        "Input parameter 'uploadSasUri' is expired. Value of 'se' claim = {0}.",
                        "Input parameter 'uploadSasUri' is not generated for resource: Blob. The Uri has claim 'sr'= {0}. Please send a SAS Uri to a 'Blob' resource.",
                        "The input parameter '{parameterName}' is invalid.",
                        "The input parameter is invalid. Check the parameters and try again.",
                        "Storage Account '{0}' is not found. Please choose another storage account and try again.",
                        "Virtual machine '{0}' is not found. Please choose another virtual machine and try again.",
                        "Unable to determine permissions for clientObjectId: '{0}' on resourceId: '{1}' for actions: '{2}'. This is caused due to downstream API throttling. Please retry the request after some time.",
                        "A request parameter contains invalid or unsupported value: {arg1}",
                        "Missing required parameters: {arg1}",
                        "Physical servers ID not found: {id...}",
                        "Physical servers ID already exist: {id...}",
                        "Inspect Physical servers error: {id...}, {error details}")
                .map(MessageTemplate::compile)
                .toList();
        for (MessageTemplate template : templates) {
            String message = template.render("Value-1");
            assertThat(templates.stream().filter(each -> each.matches(message))).containsExactly(template);
            assertThat(template.capture(message).values()).allMatch("Value-1"::equals);
        }
    }
}
