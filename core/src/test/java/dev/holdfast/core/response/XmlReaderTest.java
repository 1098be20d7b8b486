package dev.holdfast.core.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.holdfast.core.response.Document.Format;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class XmlReaderTest {
    private static final String DOCUMENT =
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Error xmlns='urn:x' a='b>c'>\r\n"
                    + "  <Code>Thr\u00f6ttled</Code><!-- a > <comment> --><?pi x?>\n"
                    + "  <Message>a &amp; b &#39;c&#x27; <![CDATA[<x> & ]]>\u4e2d</Message><Empty/>"
                    + "<Details><Detail>one</Detail><Detail>two</Detail></Details><Id>r-1</Id>\n</Error>\n";

    @Test
    void elementsMakeATree() {
        Document tree = Trees.of(DOCUMENT);
        assertThat(tree.format()).isEqualTo(Format.XML);
        assertThat(tree.complete()).isTrue();
        assertThat(tree.root().name()).isEqualTo("Error");
        assertThat(tree.root().isObject()).isTrue();
        assertThat(Trees.scalars(tree))
                .containsExactly(
                        "/Code=Thr\u00f6ttled",
                        "/Message=a & b 'c' <x> & \u4e2d",
                        "/Details/Detail=one",
                        "/Details/Detail=two",
                        "/Id=r-1");
        assertThat(tree.root().get("Empty").exists()).isTrue();
    }

    @ParameterizedTest
    @MethodSource
    void textBelongsToElementsWithoutElements(String xml, List<String> scalars) {
        assertThat(Trees.scalars(Trees.of(xml))).isEqualTo(scalars);
    }

    static Stream<Arguments> textBelongsToElementsWithoutElements() {
        return Stream.of(
                arguments("<E>just text</E>", List.of("=just text")),
                arguments("<E/>", List.of()),
                arguments("<E>before<A>x</A>after</E>", List.of("/A=x")),
                arguments("<p:E xmlns:p='urn:x'><p:A>x</p:A></p:E>", List.of("/A=x")),
                arguments("<E><A>x<!-- y -->z</A></E>", List.of("/A=xz")),
                arguments("<E><A>x&nbsp;y&undefined;z</A></E>", List.of("/A=xyz")),
                arguments("<?xml version='1.0' encoding='utf-16'?><E>x</E>", List.of("=x")));
    }

    @Test
    void everyPrefixKeepsExactlyWhatWasComplete() {
        List<String> whole = Trees.scalars(Trees.of(DOCUMENT));
        String document = DOCUMENT.strip();
        int before = 0;
        for (int length = 1; length < document.length(); length++) {
            Document tree = Document.read(document.substring(0, length));
            List<String> kept = Trees.scalars(tree);
            String beginning = document.substring(0, length);
            int complete =
                    (int) Arrays.stream(new String[] {"</Code>", "</Message>", "one</Detail>", "two</Detail>", "</Id>"})
                            .filter(beginning::contains)
                            .count();
            assertThat(kept).as(beginning).isEqualTo(whole.subList(0, complete));
            assertThat(tree.complete()).as(beginning).isFalse();
            before = kept.size();
        }
        assertThat(before).isEqualTo(whole.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<E><A>x</B></E>",
                "<E><A>x</A></F>",
                "<E><A>x</B>",
                "<E><A>a line that is longer than the last</B>\n</E>",
                "<E><A>x</A></E>junk",
                "<E><A>x</A></E>x",
                "<E><A>x</A></E><F/>",
                "<E><A>x</A>&</E>",
                "<E><A>x</A>&amp x</E>",
                "<E><A>x</A><B a=1/></E>",
                "<E><A>x</A><B a='1' a='1'/></E>",
                "<E><A>x</A>\u0000</E>",
                "<E><A>x</A>]]></E>",
                "<E><A>x</A><p:B/></E>",
                "<E><A>x</A>< B/></E>",
                "<1/>",
                "<>",
                "<"
            })
    void whatIsMalformedKeepsNothing(String xml) {
        Document tree = Trees.of(xml);
        assertThat(tree.format()).isEqualTo(Format.XML);
        assertThat(tree.root().exists()).isFalse();
        assertThat(tree.complete()).isFalse();
    }

    @Test
    void depthAndSizeAreBounded() {
        assertThat(Trees.of("<B>".repeat(20) + "</B>".repeat(20)).complete()).isTrue();
        assertThat(Trees.of("<B>".repeat(21) + "</B>".repeat(21)).complete()).isFalse();
        Document deep = Trees.of("<E><A>x</A>" + "<B>".repeat(20_000));
        assertThat(Trees.scalars(deep)).containsExactly("/A=x");
        assertThat(Trees.size(deep.root())).isLessThan(25);
        Document many = Trees.of("<E><A>x</A>" + "<B/>".repeat(15_000) + "</E>");
        assertThat(Trees.size(many.root())).isEqualTo(2_000);
        assertThat(many.complete()).isFalse();
        assertThat(many.root().text("A")).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"&amp;", "a<!---->", "<![CDATA[]]>", "<?a?>", "&x;", "&#65;", "<!--", "<![CDATA[", "]]", "<a b='"
            })
    void manySmallPiecesAreReadToTheirEnd(String piece) {
        String xml = "<E>" + piece.repeat(60_000 / piece.length());
        assertThat(Trees.of(xml).format()).isEqualTo(Format.XML);
        assertThat(Trees.of(xml + "</E>").format()).isEqualTo(Format.XML);
    }

    @Test
    void neitherFilesNorHostsAreAskedForWhatADocumentNames(@TempDir Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "CANARY");
        try (ServerSocket host = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + host.getLocalPort() + "/x.dtd";
            for (String reference : new String[] {url, secret.toUri().toString()}) {
                for (String xml : new String[] {
                    "<!DOCTYPE e SYSTEM '" + reference + "'><e><a>x</a></e>",
                    "<!DOCTYPE e PUBLIC '-//X' '" + reference + "'><e><a>x</a></e>",
                    "<!DOCTYPE e [<!ENTITY x SYSTEM '" + reference + "'>]><e><a>&x;</a></e>",
                    "<!DOCTYPE e [<!ENTITY % x SYSTEM '" + reference + "'> %x;]><e><a>x</a></e>",
                    "<!doctype e [<!entity x system '" + reference + "'>]><e><a>&x;</a></e>",
                    "<!--" + "c".repeat(3_000) + "--><!DOCTYPE e [<!ENTITY x SYSTEM '" + reference + "'>]><e>&x;</e>",
                    "<!-- <e> --><!DOCTYPE e [<!ENTITY x SYSTEM '" + reference + "'>]><e><a>&x;</a></e>",
                    "<!DOCTYPE e SYSTEM '" + reference,
                }) {
                    Document tree = Trees.of(xml);
                    assertThat(tree.root().exists()).as(xml).isFalse();
                    assertThat(tree.complete()).as(xml).isFalse();
                    assertThat(tree.text()).as(xml).isNull();
                }
                for (String xml : new String[] {
                    "<?xml-stylesheet href='" + reference + "'?><e><a>x</a></e>",
                    "<e xmlns:s='http://www.w3.org/2001/XMLSchema-instance' s:schemaLocation='" + reference + " "
                            + reference + "'><a>x</a></e>",
                    "<e xmlns:i='http://www.w3.org/2001/XInclude'><a>x</a><i:include parse='text' href='" + reference
                            + "'/></e>"
                }) {
                    assertThat(Trees.scalars(Trees.of(xml))).as(xml).containsExactly("/a=x");
                }
                assertThat(Trees.of("<!DOCTYPE html SYSTEM '" + reference + "'><html><title>t</title></html>")
                                .text())
                        .isEqualTo("t");
            }
            host.setSoTimeout(1);
            assertThat(accepts(host)).as("somebody connected").isFalse();
        }
    }

    private static boolean accepts(ServerSocket host) throws IOException {
        try {
            host.accept().close();
            return true;
        } catch (SocketTimeoutException nobody) {
            return false;
        }
    }

    /** The JDK's factory does not promise it; a body must never end up in another answer. */
    @Test
    void severalThreadsReadAtOnce() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Callable<List<String>>> tasks = IntStream.range(0, 2_000)
                    .<Callable<List<String>>>mapToObj(
                            i -> () -> Trees.scalars(Trees.of("<E><A>a" + i + "</A><B>b" + i + "</B></E>")))
                    .toList();
            int i = 0;
            for (Future<List<String>> read : pool.invokeAll(tasks)) {
                assertThat(read.get()).containsExactly("/A=a" + i, "/B=b" + i++);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<!-- <l> -->"})
    void laughsAreNotMultiplied(String prefix) {
        StringBuilder laughs = new StringBuilder(prefix).append("<!DOCTYPE l [<!ENTITY a0 'ha'>");
        for (int i = 1; i < 60; i++) {
            laughs.append("<!ENTITY a%d '&a%d;&a%d;'>".formatted(i, i - 1, i - 1));
        }
        laughs.append("]><l>&a59;</l>");
        assertThat(Trees.of(laughs.toString()).root().exists()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'<html><head><title> 502 Bad Gateway </title></head><body><h1>x</h1></body></html>', 502 Bad Gateway",
        "'<!DOCTYPE html><title>A</title>', A",
        "'<!doctype  HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\" \"http://127.0.0.1:1/x\"><TITLE>A</TITLE>', A",
        "'<HTML><HEAD><TITLE lang=en>A</TITLE></HEAD>', A",
        "'<?xml version=\"1.0\"?><!DOCTYPE html><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>A</title></head></html>', A",
        "'<!-- c --><html><body><h1>No luck</h1></body></html>', No luck",
        "'<html><title></title><h2>No luck</h2></html>', No luck",
        "'<head><title>A</title></head>', A",
        "'<body><h3>A</h3></body>', A",
        "'<h1>Bad Gateway</h1><p>x</p>', Bad Gateway",
        "'<center><h1>A</h1></center>', A",
        "'<html><body>nothing to go by', "
    })
    void ofAPageOnlyTheTitleIsKept(String page, String title) {
        Document tree = Trees.of(page);
        assertThat(tree.format()).isEqualTo(Format.HTML);
        assertThat(tree.text()).isEqualTo(title);
        assertThat(tree.root().exists()).isFalse();
    }

    @Test
    void aTitleIsBounded() {
        assertThat(Trees.of("<html><title>" + "x".repeat(60_000) + "</title>").text())
                .hasSize(500);
        assertThat(Trees.of("<html>" + "<title ".repeat(9_000)).text()).isNull();
        assertThat(Trees.of("<html>" + "<h1>".repeat(15_000)).text()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Header><Code>A</Code></Header>",
                "<Headers><Code>A</Code></Headers>",
                "<HtmlError><Code>A</Code></HtmlError>",
                "<Problem><Code>A</Code></Problem>",
                "<e><head>x</head><Code>A</Code></e>"
            })
    void aDocumentWithANameLikeAPagesIsADocument(String xml) {
        assertThat(Trees.of(xml).format()).isEqualTo(Format.XML);
        assertThat(Trees.of(xml).root().text("code")).isEqualTo("A");
    }
}
