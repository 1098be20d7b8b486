package dev.holdfast.emulators.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.azure.AzureVmInspector;
import dev.holdfast.azure.DiskInspections;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.credential.Credential;
import dev.holdfast.core.credential.CredentialSource;
import dev.holdfast.core.credential.RequestSigner;
import dev.holdfast.core.credential.Secret;
import dev.holdfast.core.internal.call.Access;
import dev.holdfast.core.internal.call.EngineServiceClient;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.outcome.HostRefusedException;
import dev.holdfast.core.outcome.ServiceException;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.response.HeaderFields;
import dev.holdfast.core.response.ResponseView;
import dev.holdfast.core.service.ServiceClient;
import dev.holdfast.core.time.Scheduler;
import dev.holdfast.core.time.VirtualTime;
import dev.holdfast.emulators.azure.AzureImdsEmulator;
import dev.holdfast.emulators.azure.AzureVmInspectorEmulator;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.emulators.laws.Shortly;
import dev.holdfast.testkit.emulator.ReceivedRequest;
import dev.holdfast.testkit.emulator.Scenario;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** VM Inspector's run and poll as one call. */
class InspectionTest {
    private static final String VM =
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/agent-vm-0";
    private static final String SUBSCRIPTION = "8d10da13-8125-4ba9-a717-bf7490507b3d";
    private static final String RESULTS =
            "/subscriptions/" + SUBSCRIPTION + "/providers/Microsoft.Compute/locations/westeurope/diagnosticOperations";
    private static final Secret SAS = Secret.of(
            "https://account.blob.core.windows.net/logs/out.zip?sp=rw&sr=b&se=2030-01-01T00:00:00Z&sig=PLANTED");

    @RegisterExtension
    final Bench bench = Bench.skipping();

    private AzureImdsEmulator imds;
    private AzureVmInspectorEmulator arm;

    @BeforeEach
    void start() {
        imds = new AzureImdsEmulator(bench.time).withoutLimits().start();
        arm = new AzureVmInspectorEmulator(bench.time).trusting(imds).start();
    }

    @AfterEach
    void stop() {
        arm.close();
        imds.close();
    }

    private DiskInspections inspections(Adapter adapter) {
        return inspections(adapter, bench.time, bench.time, "westeurope");
    }

    /** Tells when the wait before the first look at the result has begun. */
    private DiskInspections inspections(VirtualTime manual, CountDownLatch waiting, Adapter adapter) {
        Scheduler told = (task, lost, delay) -> {
            Scheduler.Timer timer = manual.schedule(task, lost, delay);
            if (delay.equals(Duration.ofSeconds(5))) {
                waiting.countDown();
            }
            return timer;
        };
        return inspections(adapter, manual, told, "westeurope");
    }

    private DiskInspections inspections(Adapter adapter, VirtualTime time, Scheduler scheduler, String location) {
        Holdfast identity = Holdfast.builder(AzureImds.SERVICE)
                .endpoint(imds.url())
                .timeSource(time)
                .limits("identity", Limits.NONE)
                .build();
        Holdfast holdfast = Holdfast.builder(AzureVmInspector.SERVICE)
                .endpoint(arm.url())
                .timeSource(time)
                .scheduler(scheduler)
                .random(Randomness.seeded(42))
                .credentials(AzureImds.managedIdentity(
                                adapter.serviceClient(bench, identity), "https://management.azure.com/")
                        .build())
                .build();
        return AzureVmInspector.inspections(adapter.serviceClient(bench, holdfast), SUBSCRIPTION, location);
    }

    private static Throwable failure(CompletableFuture<ResponseView> run) throws Exception {
        try {
            throw new AssertionError("completed with " + run.get());
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    private List<Instant> times() {
        return arm.requests().stream().map(ReceivedRequest::at).toList();
    }

    @ParameterizedTest
    @EnumSource
    void isBegunAndAskedForUntilItHasEnded(Adapter adapter) throws Exception {
        ResponseView answer = inspections(adapter).run(VM, "diagnostic", SAS).get();
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("\"resultStatus\":\"Success\"");
        assertThat(arm.inspections()).isEqualTo(1);
        assertThat(arm.requests()).extracting(ReceivedRequest::method).containsExactly("POST", "GET", "GET", "GET");
        Instant begun = times().get(0);
        assertThat(times()).containsExactly(begun, begun.plusSeconds(5), begun.plusSeconds(10), begun.plusSeconds(15));
        assertThat(imds.tokenRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void troubleOnTheWayIsSurvived(Adapter adapter) throws Exception {
        arm.play(Scenario.throttle(1)
                .then(Scenario.unavailable(1).then(Scenario.dropConnection(1)).onlyFor(RESULTS)));
        arm.pollsInVain(0);
        ResponseView answer = inspections(adapter).run(VM, "diagnostic", SAS).get();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(arm.inspections()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aTokenThatExpiresInBetweenIsRenewed(Adapter adapter) throws Exception {
        arm.play(Scenario.credentialsExpired().onlyFor(RESULTS));
        ResponseView answer = inspections(adapter).run(VM, "diagnostic", SAS).get();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(arm.inspections()).isEqualTo(1);
        assertThat(arm.requestCount()).isEqualTo(5);
        assertThat(imds.tokenRequestCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void oneThatFailedComesWith200AndIsAnException(Adapter adapter) throws Exception {
        arm.failing("DiskInspectInternalServerError", "It broke off.");
        Throwable thrown = failure(inspections(adapter).run(VM, "diagnostic", SAS));
        assertThat(thrown).isInstanceOfSatisfying(ServiceException.class, said -> {
            assertThat(said.status()).isEqualTo(200);
            assertThat(said.error().code()).isEqualTo("DiskInspectInternalServerError");
        });
        assertThat(arm.inspections()).isEqualTo(1);
    }

    @Test
    void whatCannotBeBegunSaysWhyAndNotWithWhat() throws Exception {
        Secret expired =
                Secret.of("https://a.blob.core.windows.net/l/out.zip?sp=rw&sr=b&se=2025-01-01T00:00:00Z&sig=PLANTED");
        Throwable thrown = failure(inspections(Adapter.OKHTTP_EXECUTE).run(VM, "diagnostic", expired));
        assertThat(thrown).isInstanceOf(ServiceException.class).hasMessageContaining("is expired");
        assertThat(thrown.toString()).doesNotContain("PLANTED");
        assertThat(arm.requestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "-5, 10", "soon, 10", "7, 7", "120000, 120", "3000, 120", "99999999999, 120"})
    void retryAfterIsClamped(String value, long seconds) throws Exception {
        arm.pollsInVain(0).retryAfter(value);
        inspections(Adapter.OKHTTP_EXECUTE).run(VM, "diagnostic", SAS).get();
        assertThat(Duration.between(times().get(0), times().get(1))).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @EnumSource
    void locationIsFollowedToTheServicesOwnHostsOnly(Adapter adapter) throws Exception {
        arm.pollsInVain(0).locationAt(URI.create("https://westeurope.diagnostic.compute.azure.com"));
        assertThat(inspections(adapter).run(VM, "diagnostic", SAS).get().status())
                .isEqualTo(200);
        arm.locationAt(URI.create("https://diagnostic.compute.azure.com.evil.example"));
        assertThat(failure(inspections(adapter).run(VM, "diagnostic", SAS))).isInstanceOf(HostRefusedException.class);
        assertThat(arm.requestCount()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "'', no Location",
        "http://[PLANTED, is no address",
        "mailto:PLANTED, is no address",
        "http:///PLANTED, is no address",
        "javascript:PLANTED, is no address",
        "http://%00PLANTED/, is no address"
    })
    void aLocationThatIsNoneEndsIt(String location, String sentence) throws Exception {
        HeaderFields headers =
                location.isEmpty() ? HeaderFields.of("Server", "x") : HeaderFields.of("Location", location);
        arm.play(Scenario.answer(202, headers, "", 1));
        assertThat(failure(inspections(Adapter.OKHTTP_EXECUTE).run(VM, "diagnostic", SAS)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(sentence)
                .hasMessageNotContaining("PLANTED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mailto:someone", "http:///x", "/relative", "javascript:1"})
    void whatCannotBeAskedForIsRefusedAtOnce(String location) {
        DiskInspections inspections = inspections(Adapter.OKHTTP_EXECUTE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> inspections.await(URI.create(location)))
                .withMessageStartingWith("location must be an address of http or https with a host");
    }

    @Test
    void nobodyAsksForEver() throws Exception {
        arm.pollsInVain(1_000).retryAfter("30");
        Throwable thrown = failure(
                inspections(Adapter.JDK_SEND).withLimit(Duration.ofMinutes(2)).run(VM, "diagnostic", SAS));
        assertThat(thrown)
                .hasMessageContaining("has not ended within PT2M")
                .hasMessageContaining("/diagnosticOperations/");
        assertThat(arm.requestCount()).isEqualTo(5);
        arm.pollsInVain(0);
        String path = thrown.getMessage().replaceAll("(?s).* at [^/]*(/\\S+).*", "$1");
        assertThat(failure(inspections(Adapter.JDK_SEND)
                        .withLimit(Duration.ofSeconds(40))
                        .await(arm.url().resolve(path + "?api-version=2024-03-01-preview"))))
                .hasMessageContaining("PT40S");
    }

    @ParameterizedTest
    @EnumSource
    void cancellingStopsTheAsking(Adapter adapter) throws Exception {
        VirtualTime manual = VirtualTime.manual();
        CountDownLatch waiting = new CountDownLatch(1);
        CompletableFuture<ResponseView> run =
                inspections(manual, waiting, adapter).run(VM, "diagnostic", SAS);
        waiting.await();
        run.cancel(true);
        // The timer is handed over a moment after it has been made.
        Shortly.until(() -> manual.pending() == 0);
        manual.advance(Duration.ofHours(1));
        assertThat(arm.requestCount()).isEqualTo(1);
        manual.shutDown();
    }

    @Test
    void aSchedulerThatIsShutDownEndsIt() throws Exception {
        VirtualTime manual = VirtualTime.manual();
        CountDownLatch waiting = new CountDownLatch(1);
        CompletableFuture<ResponseView> run =
                inspections(manual, waiting, Adapter.OKHTTP_EXECUTE).run(VM, "diagnostic", SAS);
        waiting.await();
        manual.shutDown();
        assertThat(failure(run)).isInstanceOf(java.util.concurrent.RejectedExecutionException.class);
    }

    /** A adapter as seen from here: the first answer says where to ask, what comes then is the test's. */
    private CompletableFuture<ResponseView> inspected(
            Scheduler scheduler, Supplier<CompletableFuture<ResponseView>> next) {
        Holdfast holdfast = Holdfast.builder(AzureVmInspector.SERVICE)
                .endpoint(arm.url())
                .timeSource(bench.time)
                .scheduler(scheduler)
                .credentials(CredentialSource.fixed(
                        Credential.token(Secret.token("of-resource-manager"), null), RequestSigner.bearer()))
                .build();
        ServiceClient serviceClient = new EngineServiceClient(Access.of(holdfast)) {
            @Override
            protected <T> CompletableFuture<T> call(Message message, Function<ResponseView, T> reader) {
                if (message.method().equals("GET")) {
                    CompletableFuture<ResponseView> given = next.get();
                    return given == null ? null : given.thenApply(reader);
                }
                HeaderFields headers = HeaderFields.of("Location", arm.url() + RESULTS + "/1");
                return CompletableFuture.completedFuture(
                        reader.apply(ResponseView.of(202, headers, new byte[0], true)));
            }
        };
        return AzureVmInspector.inspections(serviceClient, SUBSCRIPTION, "westeurope")
                .run(VM, "diagnostic", SAS);
    }

    /** What sends runs interceptors and fetches of credentials. Fails without the common pool in LongRun. */
    @Test
    void theTimerRunsNothingOfTheCallers() throws Exception {
        Queue<Thread> sending = new ConcurrentLinkedQueue<>();
        Queue<Thread> timers = new ConcurrentLinkedQueue<>();
        Scheduler scheduler = (task, lost, delay) -> {
            Thread timer = new Thread(task, "the timer");
            timers.add(timer);
            timer.start();
            return () -> {};
        };
        CompletableFuture<ResponseView> run = inspected(scheduler, () -> {
            sending.add(Thread.currentThread());
            return CompletableFuture.completedFuture(ResponseView.of(200, HeaderFields.of(), new byte[0], true));
        });
        assertThat(run.get().status()).isEqualTo(200);
        assertThat(sending).hasSize(1).doesNotContainAnyElementsOf(timers);
    }

    @Test
    void whateverIsThrownOnTheWayEndsIt() throws Exception {
        Scheduler scheduler = (task, lost, delay) -> {
            new Thread(task, "the timer").start();
            return () -> {};
        };
        Error error = new LinkageError("from an interceptor");
        assertThat(failure(inspected(scheduler, () -> {
                    throw error;
                })))
                .isSameAs(error);
        assertThat(failure(inspected(scheduler, () -> null))).hasMessage("sender gave no future");
        RuntimeException thrown = new IllegalStateException("from a scheduler");
        Scheduler broken = (task, lost, delay) -> {
            throw thrown;
        };
        assertThat(failure(inspected(broken, () -> null))).isSameAs(thrown);
    }

    /** The timer has run and what it handed over has not: a cancel between the two sends nothing. */
    @Test
    void oneThatWasCancelledIsNotAskedForAgain() {
        AtomicReference<Runnable> due = new AtomicReference<>();
        Scheduler scheduler = (task, lost, delay) -> {
            due.set(task);
            return () -> {};
        };
        AtomicInteger asked = new AtomicInteger();
        CompletableFuture<ResponseView> run = inspected(scheduler, () -> {
            asked.incrementAndGet();
            return new CompletableFuture<>();
        });
        run.cancel(true);
        due.get().run();
        assertThat(ForkJoinPool.commonPool().awaitQuiescence(5, TimeUnit.MINUTES))
                .isTrue();
        assertThat(asked).hasValue(0);
    }

    @Test
    void whatMakesNoSenseIsRefusedAtOnce() {
        assertThatThrownBy(() -> inspections(Adapter.OKHTTP_EXECUTE, bench.time, bench.time, "west/europe"))
                .hasMessageContaining("west/europe");
        assertThatThrownBy(() -> inspections(Adapter.OKHTTP_EXECUTE).withLimit(Duration.ZERO))
                .hasMessageContaining("PT0S");
        var imdsSender = Adapter.OKHTTP_EXECUTE.serviceClient(bench, Holdfast.of(AzureImds.SERVICE));
        assertThatThrownBy(() -> AzureVmInspector.inspections(imdsSender, "s", "westeurope"))
                .hasMessageContaining("azure/imds");
        var withoutTokens = Adapter.OKHTTP_EXECUTE.serviceClient(bench, Holdfast.of(AzureVmInspector.SERVICE));
        assertThatThrownBy(() -> AzureVmInspector.inspections(withoutTokens, "s", "westeurope"))
                .hasMessageContaining(
                        "has no credentials; build its Holdfast with .credentials(AzureImds.managedIdentity");
    }
}
