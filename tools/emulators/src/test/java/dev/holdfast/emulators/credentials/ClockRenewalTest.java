package dev.holdfast.emulators.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.credential.CachingCredentialSource;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialFetch;
import dev.holdfast.core.credential.RequestSigner;
import dev.holdfast.core.credential.Secret;
import dev.holdfast.core.credential.SigningView;
import dev.holdfast.core.decision.Rule;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Adapter.Reply;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.huawei.HuaweiIMetal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A machine whose clock is wrong: the vendor's own time mends the next signature, once a call, and nothing is fetched. */
class ClockRenewalTest {
    private static final Instant LOCAL = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration AHEAD = Duration.ofHours(7);
    private static final RequestSigner DATED = new RequestSigner() {
        @Override
        public void sign(SigningView request, Credential credential, Instant now) {
            request.setHeader("X-Date", now.toString());
        }

        @Override
        public boolean isDated() {
            return true;
        }
    };

    @RegisterExtension
    final Bench bench = Bench.manual();

    private CachingCredentialSource source(RequestSigner signer) {
        CredentialFetch fetch =
                CredentialFetch.blocking(() -> Credential.token(Secret.token("key"), Duration.ofDays(1)));
        CachingCredentialSource source = CachingCredentialSource.builder("test/key", signer)
                .fetch(fetch)
                .timeSource(bench.time)
                .build();
        source.prefetch().join();
        return source;
    }

    private Reply ask(Adapter adapter, RequestSigner signer) throws Exception {
        Holdfast holdfast = bench.azure()
                .rule("clock", Rule.on(400).reauthenticate(Verdict.Renewal.CLOCK))
                .credentials(source(signer))
                .build();
        return adapter.call(bench, holdfast, Ask.get(Bench.INSTANCE));
    }

    private static MockResponse tooOld(boolean dated) {
        MockResponse.Builder answer = Bench.answer(400, "{\"error\":\"clock\"}");
        String date =
                DateTimeFormatter.RFC_1123_DATE_TIME.format(LOCAL.plus(AHEAD).atZone(ZoneOffset.UTC));
        return dated ? answer.addHeader("Date", date).build() : answer.build();
    }

    @ParameterizedTest
    @EnumSource
    void theNextSignatureIsMadeByTheServersTime(Adapter adapter) throws Exception {
        bench.answers(tooOld(true), Bench.ok());
        Reply reply = ask(adapter, DATED);
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.SUCCEEDED);
        assertThat(bench.script.next().getHeaders().get("X-Date")).isEqualTo(LOCAL.toString());
        assertThat(bench.script.next().getHeaders().get("X-Date"))
                .isEqualTo(LOCAL.plus(AHEAD).toString());
    }

    @ParameterizedTest
    @EnumSource
    void refusedAgainItFails(Adapter adapter) throws Exception {
        bench.script.always(tooOld(true));
        assertThat(ask(adapter, DATED).outcome().reason()).isEqualTo(StopReason.REFUSED_AGAIN);
        assertThat(bench.requests()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void withoutTheServersTimeThereIsNothingToMend(Adapter adapter) throws Exception {
        bench.script.always(tooOld(false));
        assertThat(ask(adapter, DATED).outcome().reason()).isEqualTo(StopReason.NO_CREDENTIAL);
        assertThat(bench.requests()).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void aTokenHasNoDateToMend(Adapter adapter) throws Exception {
        bench.script.always(tooOld(true));
        assertThat(ask(adapter, RequestSigner.bearer()).outcome().reason()).isEqualTo(StopReason.NO_CREDENTIAL);
        assertThat(bench.requests()).isOne();
    }

    private Reply askHuawei(Adapter adapter, String sentence) throws Exception {
        String body = "{\"error_msg\":\"Incorrect IAM authentication information: calc aksk signature fail:" + sentence
                + "\",\"error_code\":\"APIGW.0301\",\"request_id\":\"2db4\"}";
        bench.answers(
                Bench.answer(401, body)
                        .setHeader("Server", "api-gateway")
                        .addHeader("X-Request-Id", "2db4")
                        .build(),
                Bench.ok());
        Holdfast holdfast = bench.here(Holdfast.builder(HuaweiIMetal.in("eu-west-101")))
                .credentials(source(DATED))
                .build();
        return adapter.call(bench, holdfast, Ask.get("/v1/0123456789abcdef0123456789abcdef/instances"));
    }

    /** As in huaweicloud-sdk-java-v3#44, behind a proxy that drops the Date. */
    @ParameterizedTest
    @EnumSource
    void withoutADateTheGatewaysSentenceTellsTheTime(Adapter adapter) throws Exception {
        Reply reply =
                askHuawei(adapter, "signature expired, signature time:20260101T000000Z,server time:20260101T002000Z");
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.SUCCEEDED);
        assertThat(bench.script.next().getHeaders().get("X-Date")).isEqualTo(LOCAL.toString());
        assertThat(bench.script.next().getHeaders().get("X-Date"))
                .isEqualTo(LOCAL.plus(Duration.ofMinutes(20)).toString());
    }

    @ParameterizedTest
    @EnumSource
    void aSentenceWithoutTheServersTimeMendsNothing(Adapter adapter) throws Exception {
        Reply reply = askHuawei(adapter, "signature expired, signature time:20260101T000000Z");
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.NO_CREDENTIAL);
        assertThat(bench.requests()).isOne();
    }
}
