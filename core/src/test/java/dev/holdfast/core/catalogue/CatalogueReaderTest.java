package dev.holdfast.core.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.decision.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueReaderTest {

    @Test
    void readsEveryColumn() {
        List<CatalogueRow> rows = Catalogue.of(
                        "test/service",
                        "# a comment\n\n" + Tables.HEADER
                                + "one\ta, b\t503\tBusy\tDisk {0} is busy\tretry\tunavailable\tstartup\tunknown\tWait.\tdocs (2026)\r\n"
                                + "  \n# another\n"
                                + " two \t-\t4xx\t-\t-\tfail\tnot_found\t-\tyes\tLook.\tdocs\n"
                                + "three\t\t*\tX*\t\treauthenticate:clock\texpired\t\tno\tSet the clock.\tdocs")
                .rows();
        assertThat(rows).extracting(CatalogueRow::id).containsExactly("one", "two", "three");
        CatalogueRow one = rows.get(0);
        assertThat(one.operations()).isEqualTo(Set.of("a", "b"));
        assertThat(one.status()).isEqualTo("503");
        assertThat(one.code()).isEqualTo("Busy");
        assertThat(one.message()).hasToString("Disk {0} is busy");
        assertThat(one.verdict()).isEqualTo(Verdict.retry(Pace.STARTUP));
        assertThat(one.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(one.processed()).isEqualTo(Processed.UNKNOWN);
        assertThat(one.advice()).isEqualTo("Wait.");
        assertThat(one.source()).isEqualTo("docs (2026)");
        CatalogueRow two = rows.get(1);
        assertThat(two.operations()).isEmpty();
        assertThat(two.code()).isNull();
        assertThat(two.message()).isNull();
        assertThat(two.verdict()).isEqualTo(Verdict.fail());
        assertThat(two.processed()).isEqualTo(Processed.YES);
        assertThat(rows.get(2).verdict()).isEqualTo(Verdict.reauthenticate(Verdict.Renewal.CLOCK));
    }

    @ParameterizedTest
    @ValueSource(strings = {"throttled", "unavailable", "not_ready", "updating", "unreachable"})
    void thePaceFollowsFromTheKind(String kind) {
        CatalogueRow row =
                Tables.of("a|-|503|-|-|retry|" + kind + "|-|unknown").rows().get(0);
        assertThat(row.verdict()).isEqualTo(Verdict.retry(row.kind().pace()));
    }

    @ParameterizedTest
    @MethodSource
    void aWrongRowIsReportedWithItsLineAndTheReason(String row, String reason) {
        ThrowingCallable wrong = () -> Tables.of("first|-|503|-|-|fail|unknown|-|unknown", row);
        assertThatThrownBy(wrong)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("catalogue test/service, line 3: " + reason);
    }

    static Stream<Arguments> aWrongRowIsReportedWithItsLineAndTheReason() {
        String status = "status must be 100 to 999, a class such as 5xx, or *, but is ";
        return Stream.of(
                arguments("a|-|503|-|-|fail|unknown|-", "a row has 11 cells, this one has 10"),
                arguments("a|-|503|-|-|fail|unknown|-|unknown|x", "a row has 11 cells, this one has 12"),
                arguments("-|-|503|-|-|fail|unknown|-|unknown", "id must not be empty"),
                arguments(" |-|503|-|-|fail|unknown|-|unknown", "id must not be empty"),
                arguments("first|-|503|-|-|fail|unknown|-|unknown", "id \"first\" stands twice"),
                arguments("a|-|6yy|-|-|fail|unknown|-|unknown", status + "\"6yy\""),
                arguments("a|-|50|-|-|fail|unknown|-|unknown", status + "\"50\""),
                arguments("a|-|5030|-|-|fail|unknown|-|unknown", status + "\"5030\""),
                arguments("a|-|-|-|-|fail|unknown|-|unknown", status + "\"-\""),
                arguments(
                        "a|-|503|-|-|again|unknown|-|unknown",
                        "verdict must be retry, fail or reauthenticate:credential, :clock, :request, but is \"again\""),
                arguments("a|-|503|-|-|fail|odd|-|unknown", "kind \"odd\" is not known"),
                arguments("a|-|503|-|-|fail|UNKNOWN|-|unknown", "kind \"UNKNOWN\" is not known"),
                arguments("a|-|503|-|-|retry|unknown|slow|unknown", "pace \"slow\" is not known"),
                arguments(
                        "a|-|503|-|-|fail|unknown|startup|unknown",
                        "pace goes with retry only, but the verdict is fail"),
                arguments("a|-|503|-|-|fail|unknown|-|perhaps", "processed \"perhaps\" is not known"),
                arguments(
                        "a|-|503|-|{x}|fail|unknown|-|unknown",
                        "message must hold words to recognise it by, but \"{x}\" holds none beside placeholders"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\tdocs", "-\tdocs", "Look.\t", "Look.\t-", " \t "})
    void adviceAndSourceMustBeThere(String end) {
        ThrowingCallable wrong =
                () -> Catalogue.of("x/y", Tables.HEADER + "a\t-\t503\t-\t-\tfail\tunknown\t-\tunknown\t" + end + "\n");
        assertThatThrownBy(wrong).hasMessage("catalogue x/y, line 2: advice and source must not be empty");
    }

    @Test
    void theColumnsMustBeNamed() {
        assertThatThrownBy(() -> Catalogue.of("x/y", "# only a comment\n\nid\tstatus\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("catalogue x/y, line 3: the first line must name the columns: id operation");
        assertThatThrownBy(() -> Catalogue.of("x/y", ""))
                .hasMessage("catalogue x/y, line 0: the line that names the columns is missing");
        assertThat(Catalogue.of("x/y", Tables.HEADER).rows()).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadIsReported() {
        Catalogue broken = Catalogue.resource("x/y", () -> new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("on purpose");
            }
        });
        assertThatThrownBy(broken::rows)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("catalogue x/y could not be read");
    }
}
