package dev.holdfast.emulators.doors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.alibaba.AlibabaMetadata;
import dev.holdfast.alibaba.AlibabaSlb;
import dev.holdfast.azure.AzureImds;
import dev.holdfast.azure.AzureVmInspector;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.Limiters;
import dev.holdfast.core.credential.CachingCredentialSource;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialFetch;
import dev.holdfast.core.credential.RequestSigner;
import dev.holdfast.core.credential.Secret;
import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Verdict;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.outcome.CredentialException;
import dev.holdfast.core.outcome.Outcome;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.Service;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Adapter.Reply;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.huawei.HuaweiIMetal;
import dev.holdfast.huawei.HuaweiMetadata;
import dev.holdfast.ibm.IbmVpcMetadata;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.ConnectionPool;
import okhttp3.Headers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A day of 20 callers with all seven services over sockets, on the virtual clock: refusals, throttles, told waits, lost connections, refused tokens, token
 * services that fail, and clocks that jump. The troubles of each call follow from the seed. A simple reference says how each call ends.
 */
class SimulatedDayTest {
    private static final int CALLERS = 20;
    private static final String PLAN = "X-Plan";
    private static final Duration LONG = Duration.ofDays(30);

    @RegisterExtension
    final Bench bench = Bench.skipping();

    private final Map<String, Queue<Trouble>> plans = new ConcurrentHashMap<>();
    private final Map<String, Integer> requests = new ConcurrentHashMap<>();

    /** What one request meets. */
    private enum Trouble {
        NONE(200, -1),
        UNAVAILABLE(503, -1),
        UNAVAILABLE_FOR_3_S(503, 3),
        THROTTLED(429, -1),
        THROTTLED_FOR_2_S(429, 2),
        THROTTLED_FOR_A_DAY(429, 86_400),
        FAILED(500, -1),
        GONE(410, -1),
        MISSING(404, -1),
        REFUSED(401, -1),
        FORBIDDEN(403, -1),
        LOST(0, -1);

        private final int status;
        private final int retryAfter;

        Trouble(int status, int retryAfter) {
            this.status = status;
            this.retryAfter = retryAfter;
        }

        private ResponseView view() {
            HeaderFields headers = retryAfter < 0
                    ? HeaderFields.of("Content-Type", "application/json; charset=utf-8")
                    : HeaderFields.of(Map.of(
                            "Content-Type",
                            List.of("application/json; charset=utf-8"),
                            "Retry-After",
                            List.of(Integer.toString(retryAfter))));
            return ResponseView.of(status, headers, "{}");
        }

        private MockResponse response() {
            if (this == LOST) {
                return new MockResponse.Builder()
                        .onResponseStart(new SocketEffect.CloseSocket())
                        .build();
            }
            MockResponse.Builder response = new MockResponse.Builder()
                    .code(status)
                    .addHeader("Content-Type", "application/json; charset=utf-8")
                    .body("{}");
            return (retryAfter < 0 ? response : response.addHeader("Retry-After", retryAfter)).build();
        }
    }

    /** A read: SLB has one path for all of its actions. */
    private static String target(Holdfast holdfast) {
        return holdfast.service().id().equals("alibaba/slb") ? "/?Action=DescribeRegions&Version=2014-05-15" : "/read";
    }

    @BeforeEach
    void start() {
        // No connection is used twice, so that none is found dead: ReusedConnectionTest shows what follows then.
        bench.client = bench.client(builder -> builder.connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS)));
        bench.server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String plan = request.getHeaders().get(PLAN);
                requests.merge(plan, 1, Integer::sum);
                Trouble next = plans.get(plan).poll();
                return (next == null ? Trouble.NONE : next).response();
            }
        });
    }

    /** One caller: its own credentials and services, all limits shared with the others. */
    private final class Caller {
        private final int number;
        private final SplittableRandom random;

        /** No replacement can be had for a token that was refused. None expires: Law05ModelTest has the refreshes. */
        private final AtomicBoolean tokensFail = new AtomicBoolean();

        private final List<Holdfast> services = new ArrayList<>();

        Caller(long seed, int number, Limiters limiters) {
            this.number = number;
            this.random = new SplittableRandom(seed * 1_000 + number);
            for (Service service : List.of(
                    AzureImds.SERVICE,
                    AzureVmInspector.SERVICE,
                    IbmVpcMetadata.SERVICE,
                    HuaweiIMetal.in("cn-east-3"),
                    HuaweiMetadata.SERVICE,
                    AlibabaSlb.in("cn-hangzhou"),
                    AlibabaMetadata.SERVICE)) {
                services.add(bench.here(Holdfast.builder(service))
                        .limiters(limiters)
                        .limits("default", Limits.NONE.concurrency(8))
                        .credentials(tokens())
                        // The waits of all callers move the one clock, so what depends on time has much of it.
                        .deadline(LONG)
                        .patience(Pace.STARTUP, LONG)
                        .patience(Pace.MAINTENANCE, LONG)
                        .withoutBudget()
                        .build());
            }
        }

        private CachingCredentialSource tokens() {
            int[] given = {0};
            CredentialFetch fetch = refused -> refused != null && tokensFail.get()
                    ? CompletableFuture.failedFuture(new CredentialException("the token service is down", null))
                    : CompletableFuture.completedFuture(Credential.token(
                            Secret.token("token-" + number + "-" + ++given[0]), LONG.multipliedBy(12)));
            return CachingCredentialSource.builder("test/day", RequestSigner.header("X-Day-Token"))
                    .fetch(fetch)
                    .timeSource(bench.time)
                    .random(Randomness.seeded(number))
                    .build();
        }

        void round(int round) throws Exception {
            call(number + "/" + round, services.get(random.nextInt(services.size())));
        }

        private void call(String plan, Holdfast holdfast) throws Exception {
            List<Trouble> troubles = new ArrayList<>();
            Trouble[] all = Trouble.values();
            for (int i = random.nextInt(4); i > 0; i--) {
                troubles.add(all[random.nextInt(all.length)]);
            }
            boolean down = random.nextInt(4) == 0;
            tokensFail.set(down);
            plans.put(plan, new ConcurrentLinkedQueue<>(troubles));
            Adapter adapter = Adapter.values()[random.nextInt(Adapter.values().length)];
            Reply reply = adapter.call(bench, holdfast, new Ask("GET", target(holdfast), Headers.of(PLAN, plan)));
            tokensFail.set(false);

            Expected expected = new Expected(holdfast, troubles, down);
            String what = plan + " " + holdfast.service().id() + " " + troubles + (down ? ", tokens fail: " : ": ")
                    + reply.outcome();
            assertThat(reply.outcome().reason()).as(what).isEqualTo(expected.reason);
            assertThat(reply.status()).as(what).isEqualTo(expected.status);
            assertThat(reply.outcome().attempts()).as(what).hasSize(expected.attempts);
            assertThat(requests.get(plan)).as(what).isEqualTo(expected.attempts);
            waits(reply.outcome(), what);
        }

        /** No wait is shorter than what the server told. */
        private void waits(Outcome outcome, String what) {
            outcome.attempts().forEach(attempt -> {
                Decision decision = attempt.decision();
                if (decision != null && !attempt.pause().isZero()) {
                    assertThat(attempt.pause())
                            .as(what)
                            .isGreaterThanOrEqualTo(decision.retryAfter().orElse(Duration.ZERO));
                }
            });
        }
    }

    /** How a call ends, by the decision about each response alone. */
    private static final class Expected {
        private StopReason reason = StopReason.SUCCEEDED;
        private int status = 200;
        private int attempts = 1;

        Expected(Holdfast holdfast, List<Trouble> troubles, boolean tokensFail) {
            RequestView request = RequestView.of("GET", target(holdfast));
            int failures = 0;
            Set<Verdict.Renewal> renewed = EnumSet.noneOf(Verdict.Renewal.class);
            Map<Pace, Integer> met = new HashMap<>();
            for (Trouble trouble : troubles) {
                status = trouble.status;
                if (trouble == Trouble.NONE) {
                    return;
                }
                Decision decision = trouble == Trouble.LOST
                        ? holdfast.decide(new SocketException("Connection reset"), request)
                        : holdfast.decide(trouble.view(), request);
                if (decision.verdict() instanceof Verdict.Fail) {
                    reason = StopReason.FAILED;
                    return;
                }
                if (decision.verdict() instanceof Verdict.Reauthenticate renew) {
                    if (!renewed.add(renew.renewal())) {
                        reason = StopReason.REFUSED_AGAIN;
                        return;
                    }
                    if (renew.renewal() != Verdict.Renewal.CREDENTIAL || tokensFail) {
                        reason = StopReason.NO_CREDENTIAL;
                        return;
                    }
                } else {
                    Pace pace = decision.pace().orElseThrow();
                    met.merge(pace, 1, Integer::sum);
                    if (pace.boundedByPatience()) {
                        assertThat(holdfast.policy().patience(pace)).isEqualTo(LONG);
                    } else if (++failures >= holdfast.policy().maxAttempts()) {
                        reason = StopReason.ATTEMPTS;
                        return;
                    }
                    Duration told = decision.retryAfter().orElse(Duration.ZERO);
                    if (told.compareTo(holdfast.policy().maxRetryAfter()) > 0) {
                        reason = StopReason.RETRY_AFTER_TOO_LONG;
                        return;
                    }
                }
                attempts++;
            }
            status = 200;
        }
    }

    private void day(long seed, int rounds) throws Exception {
        System.out.println("SimulatedDayTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        Limiters limiters = Limiters.isolated(bench.time, bench.time);
        List<Caller> callers = new ArrayList<>();
        for (int number = 0; number < CALLERS; number++) {
            callers.add(new Caller(seed, number, limiters));
        }
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        try {
            for (int round = 0; round < rounds; round++) {
                int now = round;
                List<Future<?>> calls = new ArrayList<>();
                for (Caller caller : callers) {
                    calls.add(threads.submit(() -> {
                        caller.round(now);
                        return null;
                    }));
                }
                for (Future<?> call : calls) {
                    call.get();
                }
                bench.time.await(new CountDownLatch(1), Duration.ofDays(1).dividedBy(rounds));
                if (random.nextInt(4) == 0) {
                    bench.time.jumpWall(Duration.ofSeconds(random.nextInt(-3_600, 3_600)));
                }
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(bench.time.elapsed()).isGreaterThan(Duration.ofDays(1).minusSeconds(1));
        assertThat(bench.time.pending()).as("waits that are left over").isZero();
    }

    @Test
    void everyCallEndsAsTheReferenceSays() throws Exception {
        day(System.nanoTime(), 24);
    }

    @Tag("nightly")
    @Test
    void manyCalls() throws Exception {
        day(System.nanoTime(), 1_000);
    }
}
