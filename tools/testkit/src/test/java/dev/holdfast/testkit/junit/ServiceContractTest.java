package dev.holdfast.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.holdfast.core.catalogue.Catalogue;
import dev.holdfast.core.response.Document;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.Members;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.spi.ErrorDialect;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** A service with a fault fails the test that is about it, and says why. */
class ServiceContractTest {
    private static final String HEADER =
            "id\toperation\tstatus\tcode\tmessage\tverdict\tkind\tpace\tprocessed\tadvice\tsource\n";
    private static final String GOOD = row("busy|-|409|Busy|The {0} is busy|retry|conflict|throttle|no")
            + row("limit|read|429|-|-|retry|throttled|-|no")
            + row("any-missing|-|4xx|*Missing|-|fail|not_found|-|no");

    private static String row(String cells) {
        return cells.replace('|', '\t') + "\tDo something.\tdocs (2026)\n";
    }

    private static Service.Builder builder(String table) {
        return Service.builder("some/cloud")
                .baseUrl("http://127.0.0.1")
                .operation(Operation.named("read").methods("GET"))
                .dialect(ErrorDialect.recognisingWebPages())
                .catalogue(Catalogue.of("some/cloud", HEADER + table));
    }

    /** The engine runs no class of this kind by itself, because it is abstract or nested and not static. */
    abstract static class Some extends ServiceContract {
        @Override
        protected Map<String, String> requests() {
            return Map.of("read", "GET /disks");
        }

        @Override
        protected ResponseView render(int status, String code, String message) {
            String name = code == null ? "" : "\"code\":\"" + code + "\",";
            return ResponseView.of(status, HeaderFields.empty(), "{" + name + "\"message\":\"" + message + "\"}");
        }
    }

    static class Good extends Some {
        @Override
        protected Service service() {
            return builder(GOOD).build();
        }
    }

    static class HiddenRow extends Some {
        @Override
        protected Service service() {
            return builder(GOOD
                            + row("twice|-|409|Busy|The {0} is {1}busy|fail|conflict|-|no")
                            + row("again|-|409|Busy|The {thing} is busy|fail|conflict|-|no"))
                    .build();
        }
    }

    static class UnknownOperation extends Some {
        @Override
        protected Service service() {
            return builder(GOOD + row("write-429|write|429|-|-|retry|throttled|-|no"))
                    .build();
        }
    }

    static class TwoSentences extends Some {
        @Override
        protected Service service() {
            return builder(GOOD + "odd\t-\t418\t-\t-\tfail\tunknown\t-\tno\tLook here. Then there.\tdocs\n")
                    .build();
        }
    }

    static class NoVeto extends Some {
        @Override
        protected Service service() {
            return builder(GOOD).dialect(ErrorDialect.standard()).build();
        }
    }

    static class BadDialect implements ErrorDialect {
        @Override
        public ServiceError error(Context context) {
            return ServiceError.text(null);
        }

        @Override
        public ServiceError failure(Context context) {
            throw new IllegalStateException("no");
        }

        @Override
        public Intermediary intermediary(Context context) {
            return ErrorDialect.webPage(context.response());
        }
    }

    static class BadReaders extends Some {
        @Override
        protected Service service() {
            return Service.builder("some/cloud")
                    .baseUrl("http://127.0.0.1")
                    .operation(Operation.named("read").inspectSuccess())
                    .dialect(new BadDialect())
                    .catalogue(Catalogue.of("some/cloud", HEADER + GOOD))
                    .build();
        }
    }

    /** Renders every answer as a page, which the check of the service takes for an intermediary's. */
    static class PageRenderer extends Good {
        @Override
        protected ResponseView render(int status, String code, String message) {
            return ResponseView.of(
                    status,
                    HeaderFields.of("Content-Type", "text/html"),
                    "<html><head><title>" + code + "</title></head><body>" + message + "</body></html>");
        }
    }

    /** Renders a code that the parser of the service does not read. */
    static class OtherCodeRenderer extends Good {
        @Override
        protected ResponseView render(int status, String code, String message) {
            return ResponseView.of(
                    status, HeaderFields.empty(), "{\"number\":\"" + code + "\",\"message\":\"" + message + "\"}");
        }
    }

    static class SilentRenderer extends Good {
        @Override
        protected ResponseView render(int status, String code, String message) {
            return ResponseView.of(status, HeaderFields.empty(), "{\"code\":\"" + code + "\"}");
        }
    }

    static class ThrowingVeto extends Some {
        @Override
        protected Service service() {
            return builder(GOOD)
                    .dialect(new ErrorDialect() {
                        @Override
                        public Intermediary intermediary(Context context) {
                            throw new IllegalStateException("veto");
                        }
                    })
                    .build();
        }
    }

    static class ThrowingHints extends Some {
        @Override
        protected Service service() {
            return builder(GOOD)
                    .dialect(new ErrorDialect() {
                        @Override
                        public Duration retryAfter(Context context) {
                            throw new IllegalStateException("hints");
                        }
                    })
                    .build();
        }
    }

    /** Reads the target, but names code and message only. */
    static class UnnamedMember extends Some {
        private static final Members MEMBERS = Members.of("code", "message");

        @Override
        protected Service service() {
            return builder(GOOD)
                    .dialect(new ErrorDialect() {
                        @Override
                        public ServiceError error(Context context) {
                            Document document = Document.read(context.response(), MEMBERS);
                            Document.Node root = document.root();
                            return root.isObject()
                                    ? ServiceError.of(root.text("code"), root.text("message"))
                                            .withTarget(root.text("target"))
                                    : ServiceError.text(document.text());
                        }
                    })
                    .build();
        }

        @Override
        protected ResponseView render(int status, String code, String message) {
            String name = code == null ? "" : "\"code\":\"" + code + "\",";
            return ResponseView.of(
                    status, HeaderFields.empty(), "{" + name + "\"message\":\"" + message + "\",\"target\":\"disk\"}");
        }
    }

    static class WrongRequest extends Some {
        @Override
        protected Service service() {
            return builder(GOOD).build();
        }

        @Override
        protected Map<String, String> requests() {
            return Map.of("read", "POST /disks");
        }
    }

    @Test
    void aGoodServicePasses() {
        assertThat(failures(Good.class)).isEmpty();
    }

    @Test
    void aRowThatNeverDecidesIsNamedWithTheOneThatDoes() {
        assertThat(failures(HiddenRow.class))
                .anyMatch(line -> line.startsWith("again: ")
                        && line.contains("row again never decides; in its place: [some/cloud/busy]"))
                .anyMatch(line -> line.contains("row again is hidden in operation read by some/cloud/busy"))
                .noneMatch(line -> line.startsWith("busy: ") || line.startsWith("twice: "));
    }

    @Test
    void anOperationThatIsNotDeclaredIsNamed() {
        assertThat(failures(UnknownOperation.class))
                .anyMatch(line -> line.contains("write-429 is for an operation that is not declared"));
    }

    @Test
    void adviceIsOneSentence() {
        assertThat(failures(TwoSentences.class)).anyMatch(line -> line.contains("odd needs one sentence of advice"));
    }

    @Test
    void aLoginPageMustNotRenewACredential() {
        assertThat(failures(NoVeto.class))
                .hasSize(1)
                .anyMatch(line -> line.contains("a login page of status 401 must not renew a credential"));
    }

    @Test
    void whatThrowsAndWhatReadsNothingIsFound() {
        assertThat(failures(BadReaders.class))
                .anyMatch(line -> line.startsWith("everyStatusIsDecided()")
                        && line.contains("ErrorDialect.failure must not throw"))
                .anyMatch(line -> line.startsWith("busy: ")
                        && line.contains("the dialect (ErrorDialect.error, or ErrorDialect.failure for a 2xx)"
                                + " reads the code null where render() was to write \"Busy\""));
    }

    @Test
    void anAnswerThatTheVetoTakesForAnIntermediarysIsNamed() {
        String blame = "render() gave an answer that the service's dialect (ErrorDialect.intermediary) takes for an"
                + " intermediary's (some/cloud/foreign-web-page)";
        assertThat(failures(PageRenderer.class))
                .anyMatch(line -> line.startsWith("busy: row busy never decides") && line.contains(blame))
                .anyMatch(line -> line.startsWith("busy: row busy is hidden") && line.contains(blame))
                .anyMatch(line -> line.contains("instead of") && line.contains(blame));
    }

    @Test
    void aRendererThatTheParserDoesNotReadIsNamed() {
        assertThat(failures(OtherCodeRenderer.class))
                .anyMatch(line -> line.startsWith("busy: row busy never decides")
                        && line.contains("reads the code null where render() was to write \"Busy\""));
        assertThat(failures(SilentRenderer.class))
                .anyMatch(line -> line.startsWith("busy: row busy never decides")
                        && line.contains("reads no message where render() was to write \"The sample 7 is busy\""));
    }

    @Test
    void aHookThatThrowsIsNamed() {
        assertThat(failures(ThrowingVeto.class))
                .anyMatch(line -> line.startsWith("everyStatusIsDecided()")
                        && line.contains("ErrorDialect.intermediary must not throw, but threw"
                                + " java.lang.IllegalStateException: veto"));
        assertThat(failures(ThrowingHints.class))
                .anyMatch(line -> line.startsWith("everyStatusIsDecided()")
                        && line.contains("ErrorDialect.retryAfter must not throw"));
    }

    @Test
    void aMemberThatIsReadWithoutANameIsFound() {
        assertThat(failures(UnnamedMember.class))
                .anyMatch(line -> line.startsWith("everyMemberThatIsReadIsNamed()")
                        && line.contains("the dialect reads a member that its Members do not name"));
    }

    @Test
    void aRequestOfAnotherOperationIsNamed() {
        assertThat(failures(WrongRequest.class))
                .anyMatch(line -> line.contains("operation of POST /disks") && line.contains("expected: <read>"));
    }

    private static Set<String> failures(Class<?> contract) {
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(contract))
                .execute()
                .testEvents();
        assertThat(tests.started().count()).isGreaterThan(20);
        Set<String> failures = new LinkedHashSet<>();
        tests.failed().stream()
                .forEach(event -> failures.add(event.getTestDescriptor().getDisplayName() + ": "
                        + event.getRequiredPayload(TestExecutionResult.class)
                                .getThrowable()
                                .map(Throwable::getMessage)
                                .orElse("")));
        return failures;
    }
}
