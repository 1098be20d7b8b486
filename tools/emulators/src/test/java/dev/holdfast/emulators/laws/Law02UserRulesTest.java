package dev.holdfast.emulators.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Rule;
import dev.holdfast.core.decision.Verdict.Renewal;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Adapter.Reply;
import java.time.Duration;
import okhttp3.Headers;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Law 2 over the wire: the user's rules come first, in their order; after them the veto, the row, the code, the status. */
class Law02UserRulesTest {
    // Guards Holdfast: service.classifier().withRules(rules), and the order of Classifier.decide
    private static final String LASTING =
            "{\"error\":\"No load balancer metadata is found. Please check if your VM is using any "
                    + "non-basic SKU load balancer and retry later.\"}";

    @RegisterExtension
    final Bench bench = Bench.skipping();

    private Decision first(Adapter adapter, Holdfast.Builder holdfast, String target) throws Exception {
        Reply reply = adapter.call(bench, holdfast.build(), Ask.get(target));
        assertThat(reply.outcome().attempts()).hasSize(bench.requests());
        return reply.outcome().attempts().get(0).decision();
    }

    @ParameterizedTest
    @EnumSource
    void aRuleTurnsALastingAnswerIntoOneThatIsWaitedFor(Adapter adapter) throws Exception {
        bench.answers(
                Bench.answer(404, LASTING).build(), Bench.answer(404, LASTING).build(), Bench.ok());
        Holdfast.Builder holdfast = bench.azure()
                .backoff(Pace.STARTUP, Backoff.fixed(Duration.ofSeconds(3)))
                .rule(
                        "lb-comes-later",
                        Rule.on(404)
                                .message("No load balancer metadata is found{rest}")
                                .retry(ErrorKind.NOT_CONFIGURED, Pace.STARTUP));

        Decision decision = first(adapter, holdfast, Bench.LOAD_BALANCER);

        assertThat(decision.rule()).isEqualTo("user/lb-comes-later");
        assertThat(decision.error().captured().get("rest")).contains("retry later");
        assertThat(bench.requests()).isEqualTo(3);
        assertThat(bench.time.elapsed()).isEqualTo(Duration.ofSeconds(6));
    }

    @ParameterizedTest
    @EnumSource
    void theFirstRuleThatFitsDecides(Adapter adapter) throws Exception {
        bench.script.always(Bench.status(500));
        Holdfast.Builder holdfast = bench.azure()
                .rule("elsewhere", Rule.on(500).path("/other/*").retry(ErrorKind.UNAVAILABLE))
                .rule("first", Rule.on(500).operation("instance").fail(ErrorKind.CONFLICT))
                .rule("second", Rule.onAny().retry(ErrorKind.UNAVAILABLE));

        assertThat(first(adapter, holdfast, Bench.INSTANCE).rule()).isEqualTo("user/first");
        assertThat(bench.requests()).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void aRuleComesBeforeTheVetoForForeignAnswers(Adapter adapter) throws Exception {
        bench.answers(
                new mockwebserver3.MockResponse.Builder()
                        .code(502)
                        .body("<html><title>proxy</title></html>")
                        .build(),
                Bench.ok());
        Holdfast.Builder holdfast =
                bench.azure().rule("flaky-proxy", Rule.on(502).retry(ErrorKind.INTERMEDIARY));

        assertThat(first(adapter, holdfast, Bench.INSTANCE).rule()).isEqualTo("user/flaky-proxy");
        assertThat(bench.requests()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void aRuleOnFaultsDecidesOnLostConnections(Adapter adapter) throws Exception {
        bench.script.always(Bench.answer(200, "")
                .onResponseStart(new mockwebserver3.SocketEffect.CloseSocket())
                .build());
        Holdfast.Builder holdfast = bench.azure()
                .rule("never-again", Rule.onFault(ErrorKind.UNREACHABLE).fail(ErrorKind.UNREACHABLE));

        Reply reply = adapter.call(bench, holdfast.build(), Ask.get(Bench.INSTANCE));

        assertThat(reply.outcome().decision().rule()).isEqualTo("user/never-again");
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.FAILED);
        assertThat(reply.thrown()).isNotNull();
        assertThat(bench.requests()).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void aRuleOnTheMethodLeavesOthersAlone(Adapter adapter) throws Exception {
        bench.answers(Bench.status(500), Bench.ok());
        Holdfast.Builder holdfast =
                bench.azure().rule("posts", Rule.on(500).method("POST").fail(ErrorKind.CONFLICT));
        Reply reply = adapter.call(bench, holdfast.build(), new Ask("GET", Bench.INSTANCE, Headers.of()));
        assertThat(reply.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void reauthenticationWithoutASourceEndsWithItsOwnReason(Adapter adapter) throws Exception {
        bench.script.always(Bench.status(401));
        Holdfast.Builder holdfast = bench.azure().rule("renew", Rule.on(401).reauthenticate(Renewal.CREDENTIAL));
        Reply reply = adapter.call(bench, holdfast.build(), Ask.get(Bench.INSTANCE));
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.NO_CREDENTIAL);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(bench.requests()).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void theWordRetryDecidesNothing(Adapter adapter) throws Exception {
        bench.script.always(Bench.answer(400, "{\"error\":\"please retry, retry later, try again\"}")
                .build());
        Reply reply = adapter.call(bench, bench.azure().build(), Ask.get(Bench.INSTANCE));
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.FAILED);
        assertThat(bench.requests()).isOne();
    }
}
