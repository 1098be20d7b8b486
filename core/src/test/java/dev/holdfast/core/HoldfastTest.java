package dev.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialSource;
import dev.holdfast.core.credential.RequestSigner;
import dev.holdfast.core.credential.Secret;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Rule;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.internal.call.Access;
import dev.holdfast.core.internal.call.CallEngine;
import dev.holdfast.core.internal.limit.EndpointLimiter;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.outcome.HoldfastListener;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.response.ServiceError;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.service.TestService;
import dev.holdfast.core.spi.Dialects;
import dev.holdfast.core.time.Scheduler;
import dev.holdfast.core.time.TimeSource;
import dev.holdfast.core.time.VirtualTime;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings that cannot be are refused at once, or at the latest when built, with a sentence: the argument, the value, the rule. */
class HoldfastTest {
    private static final Service SERVICE = TestService.builder()
            .leastPatience(Pace.MAINTENANCE, Duration.ofSeconds(70))
            .build();
    private static final Operation FIRST = SERVICE.operations().get(1);
    private static final RequestView TOKEN = RequestView.of("GET", "/token");

    private static Arguments bad(String sentence, UnaryOperator<Holdfast.Builder> change) {
        return Arguments.of(sentence, change);
    }

    static Stream<Arguments> settings() {
        Duration minute = Duration.ofMinutes(1);
        Rule rule = Rule.on(404).retry(ErrorKind.NOT_READY);
        return Stream.of(
                bad("maxAttempts must be 1 to 100, but is 0", b -> b.maxAttempts(0)),
                bad("maxAttempts must be 1 to 100, but is 101", b -> b.maxAttempts(101)),
                bad("deadline must be above zero and at most .*, but is PT0S", b -> b.deadline(Duration.ZERO)),
                bad("attemptTimeout must be above zero .*, but is PT-1M", b -> b.attemptTimeout(minute.negated())),
                bad("maxRetryAfter must not be negative, but is PT-1M", b -> b.maxRetryAfter(minute.negated())),
                bad(
                        "patience is for STARTUP and MAINTENANCE, but the pace is TRANSIENT.*",
                        b -> b.patience(Pace.TRANSIENT, minute)),
                bad("patience must not be negative, but is PT-1M", b -> b.patience(Pace.STARTUP, minute.negated())),
                bad(
                        "patience for MAINTENANCE must be zero or at least PT1M10S, which test/plain documents, but is PT1M",
                        b -> b.patience(Pace.MAINTENANCE, minute)),
                bad(
                        "base must be above zero, but is PT0S",
                        b -> b.backoff(Pace.THROTTLE, Backoff.fullJitter(Duration.ZERO, minute))),
                bad(
                        "cap must be at least the base \\(PT1M\\), but is PT1S",
                        b -> b.backoff(Pace.THROTTLE, Backoff.equalJitter(minute, Duration.ofSeconds(1)))),
                bad("concurrency must be 1 to 10000, but is -1", b -> b.limits("default", Limits.NONE.concurrency(-1))),
                bad(
                        "rate must be at least 1 call in a period above zero, but is 0 in PT1M",
                        b -> b.limits("default", Limits.NONE.rate(0, minute))),
                bad(
                        "name \"mine\" is taken by another rule",
                        b -> b.rule("mine", rule).rule("mine", rule)),
                bad(".*name.*", b -> b.rule(" ", rule)),
                bad(".*endpoint.*ftp.*", b -> b.endpoint(URI.create("ftp://127.0.0.1"))),
                bad(".*endpoint.*/path.*", b -> b.endpoint(URI.create("http://127.0.0.1/path"))));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void aSentenceNamesArgumentValueAndRule(String sentence, UnaryOperator<Holdfast.Builder> change) {
        assertThatThrownBy(() -> change.apply(Holdfast.builder(SERVICE)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(thrown -> assertThat(thrown.getMessage()).matches(sentence));
    }

    static Stream<Arguments> missing() {
        return Stream.of(
                bad("listener must not be null", b -> b.listener(null)),
                bad("timeSource must not be null", b -> b.timeSource(null)),
                bad("scheduler must not be null", b -> b.scheduler(null)),
                bad("random must not be null", b -> b.random(null)),
                bad("retryRegistry must not be null", b -> b.retryRegistry(null)),
                bad("credentials must not be null", b -> b.credentials(null)),
                bad("limiters must not be null", b -> b.limiters(null)),
                bad("category must not be null", b -> b.limits(null, Limits.NONE)),
                bad("settings must not be null", b -> b.limits("default", null)),
                bad("endpoint must not be null", b -> b.endpoint(null)));
    }

    @ParameterizedTest
    @MethodSource("missing")
    void whatIsMissingIsNamed(String sentence, UnaryOperator<Holdfast.Builder> change) {
        assertThatNullPointerException()
                .isThrownBy(() -> change.apply(Holdfast.builder(SERVICE)))
                .withMessage(sentence);
    }

    @Test
    void withoutAServiceThereIsNone() {
        assertThatNullPointerException()
                .isThrownBy(() -> Holdfast.builder(null))
                .withMessage("service must not be null");
    }

    @Test
    void patienceOfZeroIsNotTooShort() {
        Holdfast holdfast = Holdfast.builder(SERVICE)
                .patience(Pace.MAINTENANCE, Duration.ZERO)
                .build();
        assertThat(holdfast.policy().patience(Pace.MAINTENANCE)).isZero();
    }

    @Test
    void ofLimitsThatContradictTheSmallerHold() {
        Holdfast first = Holdfast.builder(SERVICE).limiters(Limiters.isolated()).build();
        Access.of(first).limiter(FIRST, "127.0.0.1:80");
        Holdfast second =
                first.toBuilder().limits("default", Limits.NONE.concurrency(7)).build();
        assertThat(Access.of(second).limiter(FIRST, "127.0.0.1:80").settings())
                .isEqualTo(SERVICE.limits("default").concurrency(7));
        assertThat(Access.of(first).limiter(FIRST, "127.0.0.1:80").settings())
                .isEqualTo(SERVICE.limits("default").concurrency(7));
    }

    @Test
    void toBuilderKeepsTheGatesAndEverythingElse() {
        VirtualTime time = VirtualTime.skipping();
        RandomGenerator random = Randomness.seeded(1);
        HoldfastListener listener = new HoldfastListener() {};
        CredentialSource credentials =
                CredentialSource.fixed(Credential.token(Secret.token("t"), null), RequestSigner.bearer());
        Holdfast one = Holdfast.builder(SERVICE)
                .timeSource(time)
                .scheduler(time)
                .random(random)
                .listener(listener)
                .credentials(credentials)
                .maxAttempts(7)
                .rule("mine", Rule.on(404).retry(ErrorKind.NOT_READY))
                .endpoint(URI.create("http://127.0.0.1:9"))
                .withoutBudget()
                .build();
        Holdfast other = one.toBuilder().build();
        assertThat(Access.of(other).limiter(FIRST, "a:80"))
                .isSameAs(Access.of(one).limiter(FIRST, "a:80"));
        assertThat(other.policy()).hasToString(one.policy().toString());
        assertThat(other.policy().maxAttempts()).isEqualTo(7);
        assertThat(other.endpoint()).isEqualTo(one.endpoint());
        assertThat(Access.of(other).timeSource()).isSameAs(time);
        assertThat(Access.of(other).random()).isSameAs(random);
        assertThat(Access.of(other).listener()).isSameAs(listener);
        assertThat(other.credentials()).isSameAs(credentials);
        assertThat(Access.of(other).budget()).isFalse();
        assertThat(other.decide(ResponseView.of(404), TOKEN).rule())
                .isEqualTo(one.decide(ResponseView.of(404), TOKEN).rule())
                .contains("mine");
        assertThat(other.service()).isSameAs(SERVICE);
    }

    @Test
    void aBuilderMadeFromOneDoesNotChangeIt() {
        Holdfast one = Holdfast.of(SERVICE);
        Holdfast other = one.toBuilder()
                .maxAttempts(9)
                .rule("mine", Rule.on(404).retry(ErrorKind.NOT_READY))
                .build();
        assertThat(one.policy().maxAttempts()).isNotEqualTo(9);
        assertThat(one.decide(ResponseView.of(404), TOKEN).isRetry()).isFalse();
        assertThat(other.decide(ResponseView.of(404), TOKEN).isRetry()).isTrue();
    }

    @Test
    void aClockThatIsASchedulerEndsTheWaitsToo() {
        VirtualTime time = VirtualTime.skipping();
        assertThat(Access.of(Holdfast.builder(SERVICE).timeSource(time).build()).scheduler())
                .isSameAs(time);
        Scheduler own = VirtualTime.skipping();
        assertThat(Access.of(Holdfast.builder(SERVICE)
                                .timeSource(time)
                                .scheduler(own)
                                .build())
                        .scheduler())
                .isSameAs(own);
        assertThat(Access.of(Holdfast.of(SERVICE)).scheduler()).isSameAs(Scheduler.shared());
        assertThat(Access.of(Holdfast.of(SERVICE)).timeSource()).isSameAs(TimeSource.system());
    }

    @Test
    void aGateIsOneForServiceAuthorityAndCategory() {
        VirtualTime time = VirtualTime.skipping();
        Holdfast holdfast = Holdfast.builder(SERVICE)
                .timeSource(time)
                .limits("write", Limits.NONE.concurrency(2))
                .build();
        Operation write = SERVICE.operations().get(0);
        EndpointLimiter limiter = Access.of(holdfast).limiter(FIRST, "a:80");
        assertThat(Access.of(holdfast).limiter(FIRST, "a:80")).isSameAs(limiter);
        assertThat(Access.of(holdfast).limiter(FIRST, "b:80")).isNotSameAs(limiter);
        assertThat(limiter.settings()).isEqualTo(SERVICE.limits("default"));
        assertThat(Access.of(holdfast).limiter(write, "a:80").settings()).isEqualTo(Limits.NONE.concurrency(2));
    }

    @Test
    void theCallersRulesDecideBeforeTheCatalogueAndReadItsHint() {
        Holdfast holdfast = Holdfast.builder(SERVICE)
                .rule("mine", Rule.on(400).code("invalid_request").retry(ErrorKind.NOT_READY))
                .build();
        ResponseView answer =
                ResponseView.of(400, HeaderFields.of("Retry-After", "4"), "{\"code\":\"invalid_request\"}");
        assertThat(holdfast.decide(answer, TOKEN).kind()).isEqualTo(ErrorKind.NOT_READY);
        assertThat(holdfast.decide(answer, null).retryAfter()).contains(Duration.ofSeconds(4));
        assertThat(SERVICE.decide(answer).rule()).isEqualTo("test/plain/bad");
    }

    @Test
    void aDateInAHintIsReadByTheClockOfTheHoldfast() {
        Holdfast holdfast =
                Holdfast.builder(SERVICE).timeSource(VirtualTime.skipping()).build();
        ResponseView answer = ResponseView.of(
                429, HeaderFields.of("Retry-After", "Thu, 01 Jan 2026 00:00:05 GMT"), "{\"code\":\"too_many\"}");
        assertThat(holdfast.decide(answer, TOKEN).retryAfter()).contains(Duration.ofSeconds(5));
    }

    @Test
    void aSuccessIsInspectedWithTheCallersRules() {
        Service service = Service.builder("test/plain")
                .baseUrl("http://127.0.0.1")
                .operation(Operation.named("token").path("/token").inspectSuccess())
                .dialect(Dialects.failure(answer -> ServiceError.of("hidden", null)))
                .build();
        Holdfast holdfast = Holdfast.builder(service)
                .rule("mine", Rule.on(200).code("hidden").retry(ErrorKind.UNAVAILABLE))
                .build();
        assertThat(Access.of(holdfast).inspect(ResponseView.of(200), TOKEN))
                .map(Decision::kind)
                .contains(ErrorKind.UNAVAILABLE);
        assertThat(Access.of(holdfast).inspect(ResponseView.of(200), RequestView.of("GET", "/other")))
                .isEmpty();
    }

    @Test
    void aFaultIsDecidedByTheCallersRulesAndThenByTheTable() {
        Holdfast holdfast = Holdfast.builder(SERVICE)
                .rule(
                        "mine",
                        Rule.onFault(ErrorKind.UNREACHABLE).operation("token").fail(ErrorKind.NOT_CONFIGURED))
                .build();
        ConnectException refused = new ConnectException("Connection refused");
        assertThat(holdfast.decide(refused, TOKEN).verdict()).isEqualTo(Verdict.fail());
        assertThat(holdfast.decide(refused, TOKEN).kind()).isEqualTo(ErrorKind.NOT_CONFIGURED);
        assertThat(holdfast.decide(refused, RequestView.of("POST", "/jobs")).isRetry())
                .isTrue();
        assertThat(holdfast.decide(refused, null).kind()).isEqualTo(ErrorKind.UNREACHABLE);
    }

    @Test
    void aProbeAsksOnceWithoutRulesCredentialsAndListener() {
        CredentialSource credentials =
                CredentialSource.fixed(Credential.token(Secret.token("t"), null), RequestSigner.bearer());
        Holdfast holdfast = Holdfast.builder(SERVICE)
                .maxAttempts(5)
                .credentials(credentials)
                .listener(new HoldfastListener() {})
                .endpoint(URI.create("http://127.0.0.1:9"))
                .rule("mine", Rule.on(404).retry(ErrorKind.NOT_READY))
                .build();
        CallEngine probe = Access.of(holdfast).forProbe();
        assertThat(probe.policy().maxAttempts()).isOne();
        assertThat(probe.policy().deadline()).isEqualTo(Duration.ofSeconds(1));
        assertThat(probe.policy().attemptTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(probe.policy().patience(Pace.STARTUP)).isZero();
        assertThat(probe.policy().patience(Pace.MAINTENANCE)).isZero();
        assertThat(probe.credentials()).isNull();
        assertThat(probe.listener()).isSameAs(HoldfastListener.NONE);
        assertThat(probe.endpoint()).isEqualTo(holdfast.endpoint());
        assertThat(probe.decide(ResponseView.of(404), TOKEN).isRetry()).isFalse();
        assertThat(probe.limiter(FIRST, "a:80")).isNotSameAs(Access.of(holdfast).limiter(FIRST, "a:80"));
        assertThat(holdfast.credentials()).isSameAs(credentials);
    }

    @Test
    void itsTextNamesServiceAndPolicy() {
        Holdfast holdfast = Holdfast.of(SERVICE);
        assertThat(holdfast).hasToString("Holdfast[test/plain, " + holdfast.policy() + "]");
    }
}
