package dev.holdfast.core.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.outcome.CredentialException;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.Members;
import dev.holdfast.core.response.ResponseView;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
    @ValueSource(
            strings = {
                "\"id\":\"AK\"",
                "\"secret\":\"S3CRET\"",
                "\"token\":\"T0KEN\"",
                "\"end\":\"2031-01-08T03:50:07Z\""
            })
    void aMissingMemberIsNamedAndNoValueIsShown(String member) {
        String name = member.substring(1, member.indexOf('"', 1));
        String body = KEY.replace(member, "\"else\":\"S3CRET\"");
        assertThatThrownBy(() -> read(response(body), CredentialDocumentTest::key))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(CredentialException.class)
                .hasMessage("test/key: answered 200 without a usable key: there is no " + name);
    }

    @Test
    void anEndThatIsNoTimeIsNotShown() {
        String body = KEY.replace("2031-01-08T03:50:07Z", "S3CRET");
        assertThatThrownBy(() -> read(response(body), CredentialDocumentTest::key))
                .cause()
                .hasMessage("test/key: answered 200 without a usable key: end is no time (not shown)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "S3CRET", "[]", "{}", "<html>S3CRET</html>", "{\"role\":\"S3CRET\"}"})
    void whatIsNoDocumentIsNotShown(String body) {
        assertThatThrownBy(() -> read(response(body), CredentialDocumentTest::key))
                .cause()
                .hasMessage("test/key: answered 200 without a usable key: there is no id");
    }

    @Test
    void aTokenWantsALifetime() {
        assertThatThrownBy(() -> read(response("{\"t\":\"T0KEN\"}"), said -> said.token("t", said.seconds("in"))))
                .cause()
                .hasMessageEndingWith("it does not say how long the token is good for");
    }

    @Test
    void showsNothing() {
        read(response(KEY), said -> {
            assertThat(said).hasToString("CredentialDocument[not shown]");
            return key(said);
        });
    }
}
