package dev.holdfast.core.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.outcome.CredentialException;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.Members;
import dev.holdfast.core.response.ResponseView;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialDocumentTest {
    private static final Instant NOW = Instant.parse("2031-01-08T05:00:00Z");
    private static final Members MEMBERS = Members.of("id", "secret", "token", "end", "t", "left", "lifetime");
    private static final String KEY =
            "{\"role\":{\"id\":\"AK\",\"secret\":\"S3CRET\",\"token\":\"T0KEN\",\"end\":\"2031-01-08T03:50:07Z\"}}";

    private static Credential read(ResponseView response, Function<CredentialDocument, Credential> reading) {
        return CredentialDocument.read("test/key", "a usable key", response, NOW, MEMBERS, reading);
    }

    private static ResponseView response(String body) {
        return ResponseView.of(200, HeaderFields.of("Date", "Wed, 08 Jan 2031 02:50:07 GMT"), body);
    }

    private static Credential key(CredentialDocument said) {
        return said.in("role").accessKey("id", "secret", "token", "end");
    }

    @Test
    void aKeyIsReadWithItsLifetimeByTheServersClock() {
        Credential key = read(response(KEY), CredentialDocumentTest::key);
        assertThat(key)
                .isEqualTo(Credential.accessKey("AK", Secret.of("S3CRET"), Secret.of("T0KEN"), Duration.ofHours(1)));
    }

    @Test
    void thisMachinesClockCountsWhereTheResponseHasNoDate() {
        ResponseView undated =
                ResponseView.of(200, HeaderFields.of(), "{\"t\":\"T0KEN\",\"end\":\"2031-01-08T05:01:00Z\"}");
        assertThat(read(undated, said -> said.token("t", said.until("end"))).lifetime())
                .isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"id\":\"AK\"", "\"secret\":\"S3CRET\"", "\"token\":\"T0KEN\""})
    void aMissingMemberIsNamedAndNoValueIsShown(String member) {
        String name = member.substring(1, member.indexOf('"', 1));
        String body = KEY.replace(member, "\"else\":\"S3CRET\"");
        assertThatThrownBy(() -> read(response(body), CredentialDocumentTest::key))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(CredentialException.class)
                .hasMessage("test/key: answered 200 without a usable key: there is no " + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"soon\"", "{}", "null", "[1]", "\"\""})
    void anEndThatIsNoTimeMeansShortAndNotThrownAway(String end) {
        String body = KEY.replace("\"2031-01-08T03:50:07Z\"", end);
        assertThat(read(response(body), CredentialDocumentTest::key).lifetime()).isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "S3CRET", "[]", "{}", "<html>S3CRET</html>", "{\"role\":\"S3CRET\"}"})
    void whatIsNoDocumentIsNotShown(String body) {
        assertThatThrownBy(() -> read(response(body), CredentialDocumentTest::key))
                .cause()
                .hasMessage("test/key: answered 200 without a usable key: there is no id");
    }

    private static Duration lifetime(ResponseView response) {
        return read(response, said -> said.token("t", said.lifetime("t", "left", "end")))
                .lifetime();
    }

    private static String jwt(Instant end) {
        return "eyJ."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(("{\"exp\":" + end.getEpochSecond() + "}").getBytes(StandardCharsets.UTF_8))
                + ".c2ln";
    }

    /** By the response's own clock it is 02:50:07, by this machine's 05:00:00. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "3600, 2031-01-08T03:00:07Z, PT10M",
                "60, 2031-01-08T03:00:07Z, PT1M",
                "28799, 1/8/2031 3:50:07 AM +00:00, PT1H",
                "3600.5, -, PT1H0.5S",
                "-, 2031-01-08T03:00:07Z, PT10M",
                "soon, 2031-01-08T03:00:07Z, PT10M",
                "3600, soon, PT1H",
                "3600, 2031-01-08T02:50:02Z, PT-5S",
                "-, -, PT5M",
                "soon, later, PT5M"
            })
    void theLeastOfAllEvidenceCounts(@Nullable String left, @Nullable String end, Duration expected) {
        String body = "{\"t\":\"T0KEN\"" + (left == null ? "" : ",\"left\":\"" + left + "\"")
                + (end == null ? "" : ",\"end\":\"" + end + "\"") + "}";
        assertThat(lifetime(response(body))).isEqualTo(expected);
    }

    @Test
    void theTokensOwnEndCounts() {
        String token = jwt(Instant.parse("2031-01-08T02:53:07Z"));
        assertThat(lifetime(response("{\"t\":\"" + token + "\",\"left\":3600}")))
                .isEqualTo(Duration.ofMinutes(3));
        assertThat(lifetime(response("{\"t\":\"" + token + "\"}"))).isEqualTo(Duration.ofMinutes(3));
        assertThat(lifetime(response("{\"t\":\"" + token + "\",\"left\":60}"))).isEqualTo(Duration.ofMinutes(1));
    }

    /** A clock that is wrong by hours must not make a token expire with each use. */
    @Test
    void withoutADateAnEndThatIsOverByThisClockYieldsToTheSeconds() {
        String over = "{\"t\":\"T0KEN\",\"left\":3600,\"end\":\"2031-01-08T04:00:00Z\"}";
        String soon = "{\"t\":\"T0KEN\",\"left\":3600,\"end\":\"2031-01-08T05:01:00Z\"}";
        assertThat(lifetime(ResponseView.of(200, HeaderFields.of(), over))).isEqualTo(Duration.ofHours(1));
        assertThat(lifetime(ResponseView.of(200, HeaderFields.of(), soon))).isEqualTo(Duration.ofMinutes(1));
    }

    /** With a clock that is ahead, every key would be over at once and fetched anew each second. */
    @ParameterizedTest
    @CsvSource({
        "false, 2031-01-08T04:59:59Z, PT5M",
        "false, 2031-01-08T05:00:00Z, PT5M",
        "false, 2031-01-08T05:00:01Z, PT1S",
        "true, 2031-01-08T02:50:06Z, PT-1S",
        "true, 2031-01-08T02:50:08Z, PT1S"
    })
    void anEndThatIsOverByThisClockAloneMeansShort(boolean dated, String end, Duration expected) {
        String key = KEY.replace("2031-01-08T03:50:07Z", end);
        String token = "{\"t\":\"T0KEN\",\"end\":\"" + end + "\"}";
        String claim = "{\"t\":\"" + jwt(Instant.parse(end)) + "\"}";
        Function<String, ResponseView> answer =
                dated ? CredentialDocumentTest::response : body -> ResponseView.of(200, HeaderFields.of(), body);
        assertThat(read(answer.apply(key), CredentialDocumentTest::key).lifetime())
                .isEqualTo(expected);
        assertThat(lifetime(answer.apply(token))).isEqualTo(expected);
        assertThat(lifetime(answer.apply(claim))).isEqualTo(expected);
    }

    @Test
    void showsNothing() {
        read(response(KEY), said -> {
            assertThat(said).hasToString("CredentialDocument[not shown]");
            return key(said);
        });
    }
}
