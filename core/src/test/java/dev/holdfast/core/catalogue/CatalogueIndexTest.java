package dev.holdfast.core.catalogue;

import static dev.holdfast.core.catalogue.Tables.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Processed;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The catalogue's part of law 2. */
class CatalogueIndexTest {

    /** One error that all levels know: whichever is the highest left decides. */
    @Test
    void levelsFollowOneAnother() {
        List<String> rows = List.of(
                "exact|-|503|Busy|Disk {0} is busy|retry|unavailable|-|unknown",
                "pair-row|-|503|Busy|-|retry|unavailable|-|unknown",
                "other-sentence|-|503|Busy|Something else|retry|unavailable|-|unknown",
                "other-status|-|409|Busy|Disk {0} is busy|retry|unavailable|-|unknown",
                "sentence|-|503|*|Disk {0} is busy|retry|unavailable|-|unknown",
                "pattern|-|503|Bus*|-|retry|unavailable|-|unknown",
                "operations-default|disks|503|-|-|retry|unavailable|-|unknown",
                "default|-|503|-|-|retry|unavailable|-|unknown",
                "class-default|-|5xx|-|-|retry|unavailable|-|unknown",
                "any-default|-|*|-|-|retry|unavailable|-|unknown");
        List<String> expected = List.of(
                "exact",
                "pair-row",
                "Busy@503",
                "other-status",
                "sentence",
                "pattern",
                "operations-default",
                "default",
                "class-default",
                "any-default");
        for (int removed = 0; removed < rows.size(); removed++) {
            Catalogue catalogue = Tables.of(rows.subList(removed, rows.size()).toArray(new String[0]));
            assertThat(rule(catalogue, 503, "Busy", "Disk 7 is busy.", "disks"))
                    .as("without the first %d rows", removed)
                    .isEqualTo(expected.get(removed));
        }
        assertThat(rule(Tables.of(), 503, "Busy", "Disk 7 is busy.", "disks")).isNull();
    }

    @Test
    void theOrderOfTheFileDoesNotMatter() {
        String[] rows = {
            "any|-|*|Busy|Disk {0} is busy|fail|conflict|-|no",
            "class|-|5xx|Busy|Disk {0} is busy|fail|conflict|-|no",
            "long|-|503|Busy|Disk {0} is busy|fail|conflict|-|no",
            "short|-|503|Busy|Disk {rest}|fail|conflict|-|no",
            "bound|disks|503|Busy|Disk {rest}|fail|conflict|-|no",
            "pair|disks|503|Busy|-|fail|conflict|-|no"
        };
        for (int turn = 0; turn < rows.length; turn++) {
            String[] turned = new String[rows.length];
            for (int i = 0; i < rows.length; i++) {
                turned[i] = rows[(i + turn) % rows.length];
            }
            Catalogue catalogue = Tables.of(turned);
            String order = Arrays.toString(turned);
            assertThat(rule(catalogue, 503, "BUSY", "Disk 1 is busy", "disks"))
                    .as(order)
                    .isEqualTo("bound");
            assertThat(rule(catalogue, 503, "Busy", "Disk 1 is busy", "disks"))
                    .as(order)
                    .isEqualTo("bound");
            assertThat(rule(catalogue, 503, "Busy", "Disk 1 is busy", "other"))
                    .as(order)
                    .isEqualTo("long");
            assertThat(rule(catalogue, 503, "Busy", "Disk 1 is away", "other"))
                    .as(order)
                    .isEqualTo("short");
            assertThat(rule(catalogue, 503, "Busy", "All is away", "disks"))
                    .as(order)
                    .isEqualTo("pair");
            assertThat(rule(catalogue, 500, "Busy", "Disk 1 is busy", "other"))
                    .as(order)
                    .isEqualTo("class");
            assertThat(rule(catalogue, 400, "Busy", "Disk 1 is busy", "other"))
                    .as(order)
                    .isEqualTo("any");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "503, Busy, Disk 7 is busy, exact",
        "503, busy, 'DISK \"7\" IS BUSY.', exact",
        "503, BUSY, Disk 7 is busy, exact",
        "503, Busyness, Disk 7 is busy, ",
        "503, , Disk 7 is busy, ",
        "503, Busy, Disk 7 is idle, Busy@503",
        "503, Busy, , Busy@503",
        "500, Busy, Disk 7 is idle, ",
        "500, Busy, , "
    })
    void anExactRowWantsStatusCodeAndSentence(int status, String code, String message, String rule) {
        Catalogue catalogue = Tables.of("exact|-|503|Busy|Disk {0} is busy|fail|conflict|-|no");
        assertThat(rule(catalogue, status, code, message)).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource({
        "404, , Not found, row",
        "404, , 'not  FOUND.', row",
        "400, , Not found, ",
        "404, , Not found here, ",
        "404, X, Not found, ",
        "404, , , "
    })
    void aRowWithoutCodeWantsAnAnswerWithoutCode(int status, String code, String message, String rule) {
        assertThat(rule(Tables.of("row|-|404|-|Not found|fail|not_found|-|no"), status, code, message))
                .isEqualTo(rule);
    }

    @Test
    void aPairWhoseRowsAgreeDecides() {
        Catalogue catalogue = Tables.of(
                "a|-|400|Bad|First|retry|unavailable|-|no",
                "b|-|4xx|Bad|Second|retry|unavailable|-|no",
                "c|-|409|Bad|Third|fail|conflict|-|yes");
        Decision decision = catalogue.find(ResponseView.of(400), ServiceError.of("Bad", "Never heard"), null);
        assertThat(decision.rule()).isEqualTo("test/service/Bad@400");
        assertThat(decision.isRetry()).isTrue();
        assertThat(decision.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(decision.pace()).contains(Pace.TRANSIENT);
        assertThat(decision.processed()).isEqualTo(Processed.NO);
        assertThat(decision.advice()).contains("Bad", "400", "not documented");
        assertThat(decision.error().message()).isEqualTo("Never heard");
        assertThat(rule(catalogue, 409, "Bad", "Never heard"))
                .as("the class row disagrees")
                .isNull();
        assertThat(rule(catalogue, 422, "bad", "Never heard"))
                .as("one row is enough")
                .isEqualTo("Bad@422");
    }

    @ParameterizedTest
    @CsvSource({
        "retry|unavailable|-|no, fail|conflict|-|no",
        "retry|unavailable|-|no, reauthenticate:credential|unauthenticated|-|no",
        "reauthenticate:clock|expired|-|no, reauthenticate:credential|unauthenticated|-|no"
    })
    void aPairWhoseRowsDisagreeDecidesNothing(String one, String other) {
        Catalogue catalogue = Tables.of("a|-|400|Bad|First|" + one, "b|-|400|Bad|Second|" + other);
        assertThat(rule(catalogue, 400, "Bad", "Never heard")).isNull();
        assertThat(rule(catalogue, 400, "Bad", "Second")).isEqualTo("b");
    }

    @ParameterizedTest
    @CsvSource({
        "retry|unavailable|-|no, retry|throttled|-|no, UNKNOWN, THROTTLE, NO",
        "retry|unavailable|-|no, retry|unavailable|startup|yes, UNAVAILABLE, THROTTLE, YES",
        "retry|unavailable|-|no, retry|unavailable|-|unknown, UNAVAILABLE, TRANSIENT, UNKNOWN",
        "fail|conflict|-|yes, fail|conflict|-|yes, CONFLICT, , YES",
        "fail|conflict|-|yes, fail|not_found|-|unknown, UNKNOWN, , YES"
    })
    void whereTheRowsOfAPairDifferTheCarefulOneCounts(
            String one, String other, ErrorKind kind, Pace pace, Processed nothing) {
        Catalogue catalogue = Tables.of("a|-|400|Bad|First|" + one, "b|-|400|Bad|Second|" + other);
        Decision decision = catalogue.find(ResponseView.of(400), ServiceError.of("Bad", "Never heard"), null);
        assertThat(decision.kind()).isEqualTo(kind);
        assertThat(decision.pace()).isEqualTo(Optional.ofNullable(pace));
        assertThat(decision.processed()).isEqualTo(nothing);
    }

    @Test
    void codeAndSentenceAreKnownUnderAnotherStatusToo() {
        Catalogue catalogue = Tables.of("row|-|503|Busy|Disk {0} is busy|retry|unavailable|-|no");
        assertThat(rule(catalogue, 500, "Busy", "Disk 7 is busy")).isEqualTo("row");
        assertThat(rule(catalogue, 500, "Idle", "Disk 7 is busy")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "Throttling, 400, a",
        "Throttling.User, 400, b",
        "THROTTLING.api, 400, b",
        "Throttling.User.Api, 400, c",
        "Throttling.User, 429, ",
        "NoThrottling, 400, d",
        "Other, 400, "
    })
    void theLongestPatternThatFitsDecides(String code, int status, String rule) {
        Catalogue catalogue = Tables.of(
                "a|-|400|Throttling*|-|fail|conflict|-|no",
                "c|-|400|Throttling.*.Api|-|fail|conflict|-|no",
                "d|-|400|No*ling|-|fail|conflict|-|no",
                "b|-|400|Throttling.*|-|fail|conflict|-|no");
        assertThat(rule(catalogue, status, code, "x")).isEqualTo(rule);
    }

    @Test
    void aPatternMayHaveASentence() {
        Catalogue catalogue = Tables.of(
                "plain|-|4xx|Bad.*|-|fail|conflict|-|no", "said|-|400|Bad.*|Disk {0} is bad|fail|conflict|-|no");
        assertThat(rule(catalogue, 400, "Bad.Disk", "Disk 7 is bad")).isEqualTo("said");
        assertThat(rule(catalogue, 400, "Bad.Disk", "All is bad")).isEqualTo("plain");
        assertThat(rule(catalogue, 404, "Bad.Disk", "Disk 7 is bad")).isEqualTo("plain");
    }

    @ParameterizedTest
    @CsvSource({
        "503, disks, bound",
        "503, vms, bound",
        "503, nets, default",
        "503, , default",
        "500, disks, class",
        "404, disks, any",
        "99, , any"
    })
    void theOperationsDefaultComesBeforeTheServices(int status, String operation, String rule) {
        Catalogue catalogue = Tables.of(
                "any|-|*|-|-|fail|unknown|-|unknown",
                "class|-|5xx|-|-|fail|unknown|-|unknown",
                "default|-|503|-|-|fail|unknown|-|unknown",
                "bound|disks, vms|503|-|-|fail|unknown|-|unknown");
        assertThat(rule(catalogue, status, "Never", "heard", operation)).isEqualTo(rule);
        assertThat(rule(catalogue, status, null, null, operation)).isEqualTo(rule);
    }

    /** The one for an operation knows less about a request of none than the one for any. */
    @ParameterizedTest
    @CsvSource({"disks, of-disks", "tapes, of-any", ", of-any"})
    void aTwinForAnyOperationDecidesWhereTheOperationIsNotKnown(String operation, String rule) {
        Catalogue catalogue = Tables.of(
                "of-disks|disks|504|Slow|Nobody at {0}|retry|unavailable|-|yes",
                "of-any|-|504|Slow|Nobody at {0}|retry|unavailable|-|unknown");
        assertThat(rule(catalogue, 504, "Slow", "Nobody at 7", operation)).isEqualTo(rule);
    }

    /** Where the request is not known, a sentence is enough to recognise a row of some operation; code and status are not. */
    @ParameterizedTest
    @CsvSource({
        "disks, A, Disk is bad, said",
        "nets, A, Disk is bad, ",
        ", A, Disk is bad, said",
        "disks, B, x, coded",
        "nets, B, x, ",
        ", B, x, "
    })
    void rowsMayBeBoundToOperations(String operation, String code, String message, String rule) {
        Catalogue catalogue =
                Tables.of("said|disks|400|A|Disk is bad|fail|conflict|-|no", "coded|disks|400|B|-|fail|conflict|-|no");
        assertThat(rule(catalogue, 400, code, message, operation)).isEqualTo(rule);
    }

    @Test
    void whatStoodInThePlacesIsHandedOn() {
        Catalogue catalogue = Tables.of("row|-|400|A|Disk {disk} of \"{Vm}\" is bad|fail|conflict|-|no");
        Decision decision =
                catalogue.find(ResponseView.of(400), ServiceError.of("A", "disk SDA of 'Vm-1' is bad."), null);
        assertThat(decision.error().captured()).containsEntry("disk", "SDA").containsEntry("Vm", "Vm-1");
        assertThat(decision.error().code()).isEqualTo("A");
    }

    /** An unknown code never decides more than its status does. */
    @Test
    void anUnknownCodeDecidesNothing() {
        Catalogue catalogue = Tables.of(
                "auth|-|401|Expired|-|reauthenticate:credential|expired|-|no",
                "retry|-|503|Busy|-|retry|unavailable|-|no",
                "default|-|503|-|-|fail|unavailable|-|unknown");
        assertThat(rule(catalogue, 401, "Unheard", "please retry")).isNull();
        assertThat(rule(catalogue, 503, "Unheard", "please retry")).isEqualTo("default");
        assertThat(rule(catalogue, 503, null, "please retry")).isEqualTo("default");
    }

    /** A code may stand in a success with another meaning than in an error: an error status's row says nothing of it. */
    @ParameterizedTest
    @CsvSource({"200, ", "204, ", "299, ", "199, row", "300, row", "409, row", "500, row"})
    void aFailureBehindASuccessIsNotDecidedByTheRowOfAnErrorStatus(int status, String expected) {
        Catalogue catalogue = Tables.of("row|-|503|Busy|Disk {0} is busy|retry|unavailable|-|no");
        assertThat(rule(catalogue, status, "Busy", "Disk 7 is busy")).isEqualTo(expected);
    }

    /** It is decided by rows of its own status, and by those of any status. */
    @ParameterizedTest
    @CsvSource({"200", "2xx", "*"})
    void aFailureBehindASuccessIsDecidedByRowsThatMeanIt(String own) {
        Catalogue catalogue = Tables.of(
                "other|-|503|Busy|Disk {0} is busy|retry|unavailable|-|no",
                "own|-|" + own + "|Busy|Disk {0} is busy|fail|conflict|-|no");
        assertThat(rule(catalogue, 200, "Busy", "Disk 7 is busy")).isEqualTo("own");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "409, null, The disk is being moved now, sentence",
                "409, Unheard, the DISK is being moved., sentence",
                "400, Moving, The disk is being moved, sentence",
                "409, Known, The disk is being moved, known",
                "409, Unheard, The disk is gone, pattern",
                "409, null, The disk is gone, null",
                "503, null, The disk is being moved, null"
            })
    void aSentenceForAnyCodeComesBeforePatternsAndNeedsNoCode(int status, String code, String message, String rule) {
        Catalogue catalogue = Tables.of(
                "sentence|-|4xx|*|{before}disk is being moved{after}|retry|conflict|transient|no",
                "known|-|409|Known|-|fail|billing|-|no",
                "pattern|-|4xx|Un*|-|fail|unsupported|-|no");
        assertThat(rule(catalogue, status, code, message)).isEqualTo(rule);
    }
}
