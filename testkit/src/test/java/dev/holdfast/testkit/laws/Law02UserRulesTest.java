package dev.holdfast.testkit.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.backoff.Backoff;
import dev.holdfast.core.error.Decision;
import dev.holdfast.core.error.Kind;
import dev.holdfast.core.error.Pace;
import dev.holdfast.core.error.Rule;
import dev.holdfast.core.error.Verdict.Renewal;
import dev.holdfast.core.retry.StopReason;
import dev.holdfast.testkit.laws.Door.Ask;
import dev.holdfast.testkit.laws.Door.Reply;
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

    private Decision first(Door door, Holdfast.Builder holdfast, String target) throws Exception {
        Reply reply = door.call(bench, holdfast.build(), Ask.get(target));
        assertThat(reply.outcome().attempts()).hasSize(bench.requests());
        return reply.outcome().attempts().get(0).decision();
    }

    @ParameterizedTest
    @EnumSource
    void aRuleTurnsALastingAnswerIntoOneThatIsWaitedFor(Door door) throws Exception {
        bench.answers(
                Bench.answer(404, LASTING).build(), Bench.answer(404, LASTING).build(), Bench.ok());
        Holdfast.Builder holdfast = bench.azure()
                .backoff(Pace.STARTUP, Backoff.fixed(Duration.ofSeconds(3)))
                .rule(
                        "lb-comes-later",
                        Rule.on(404)
                                .message("No load balancer metadata is found{rest}")
                                .retry(Kind.NOT_CONFIGURED, Pace.STARTUP));

        Decision decision = first(door, holdfast, Bench.LOAD_BALANCER);

        assertThat(decision.rule()).isEqualTo("user/lb-comes-later");
        assertThat(decision.error().captured().get("rest")).contains("retry later");
        assertThat(bench.requests()).isEqualTo(3);
        assertThat(bench.time.elapsed()).isEqualTo(Duration.ofSeconds(6));
    }

    @ParameterizedTest
    @EnumSource
    void theFirstRuleThatFitsDecides(Door door) throws Exception {
        bench.script.always(Bench.status(500));
        Holdfast.Builder holdfast = bench.azure()
                .rule("elsewhere", Rule.on(500).path("/other/*").retry(Kind.UNAVAILABLE))
                .rule("first", Rule.on(500).operation("instance").fail(Kind.CONFLICT))
                .rule("second", Rule.onAny().retry(Kind.UNAVAILABLE));

        assertThat(first(door, holdfast, Bench.INSTANCE).rule()).isEqualTo("user/first");
        assertThat(bench.requests()).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void aRuleComesBeforeTheVetoForForeignAnswers(Door door) throws Exception {
        bench.answers(
                new mockwebserver3.MockResponse.Builder()
                        .code(502)
                        .body("<html><title>proxy</title></html>")
                        .build(),
                Bench.ok());
        Holdfast.Builder holdfast =
                bench.azure().rule("flaky-proxy", Rule.on(502).retry(Kind.INTERMEDIARY));

        assertThat(first(door, holdfast, Bench.INSTANCE).rule()).isEqualTo("user/flaky-proxy");
        assertThat(bench.requests()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void aRuleOnFaultsDecidesOnLostConnections(Door door) throws Exception {
        bench.script.always(Bench.answer(200, "")
                .onResponseStart(new mockwebserver3.SocketEffect.CloseSocket())
                .build());
        Holdfast.Builder holdfast =
                bench.azure().rule("never-again", Rule.onFault(Kind.UNREACHABLE).fail(Kind.UNREACHABLE));

        Reply reply = door.call(bench, holdfast.build(), Ask.get(Bench.INSTANCE));

        assertThat(reply.outcome().decision().rule()).isEqualTo("user/never-again");
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.FAILED);
        assertThat(reply.thrown()).isNotNull();
        assertThat(bench.requests()).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void aRuleOnTheMethodLeavesOthersAlone(Door door) throws Exception {
        bench.answers(Bench.status(500), Bench.ok());
        Holdfast.Builder holdfast =
                bench.azure().rule("posts", Rule.on(500).method("POST").fail(Kind.CONFLICT));
        Reply reply = door.call(bench, holdfast.build(), new Ask("GET", Bench.INSTANCE, Headers.of()));
        assertThat(reply.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void reauthenticationWithoutASourceEndsWithItsOwnReason(Door door) throws Exception {
        bench.script.always(Bench.status(401));
        Holdfast.Builder holdfast = bench.azure().rule("renew", Rule.on(401).reauthenticate(Renewal.CREDENTIAL));
        Reply reply = door.call(bench, holdfast.build(), Ask.get(Bench.INSTANCE));
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.NO_CREDENTIAL);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(bench.requests()).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void theWordRetryDecidesNothing(Door door) throws Exception {
        bench.script.always(Bench.answer(400, "{\"error\":\"please retry, retry later, try again\"}")
                .build());
        Reply reply = door.call(bench, bench.azure().build(), Ask.get(Bench.INSTANCE));
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.FAILED);
        assertThat(bench.requests()).isOne();
    }
}
