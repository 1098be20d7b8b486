package dev.holdfast.emulators.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.alibaba.AlibabaMetadata;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.credential.CachingCredentialSource;
import dev.holdfast.core.credential.MetadataTokens;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.service.ServiceClient;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Adapter.Reply;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.huawei.HuaweiMetadata;
import dev.holdfast.ibm.IbmVpcMetadata;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A container with a hop limit of 1: reads are answered, and the responses to token requests get lost. */
class SilentTokenServiceTest {
    /** As a vendor's, with a timeout that a test can wait for. */
    private static final Service SERVICE = Service.builder("test/metadata")
            .baseUrl("http://169.254.169.254")
            .linkLocal()
            .operation(Operation.named("token")
                    .methods("PUT")
                    .retrySafety(RetrySafety.ALWAYS)
                    .withoutCredentials()
                    .attemptTimeout(Duration.ofMillis(100))
                    .mostTimeouts(2))
            .operation(Operation.named("read").methods("GET").retrySafety(RetrySafety.ALWAYS))
            .build();

    private static final MetadataTokens.Form FORM = MetadataTokens.form("test/token")
            .path("/token")
            .lifetimeHeader("X-Ttl")
            .tokenHeader("X-Token")
            .longestLifetime(Duration.ofHours(6))
            .build();

    @RegisterExtension
    final Bench bench = Bench.skipping();

    private final CountDownLatch lost = new CountDownLatch(1);
    private final BlockingQueue<RecordedRequest> received = new LinkedBlockingQueue<>();
    private volatile MockResponse read = Bench.ok();

    @BeforeEach
    void start() {
        bench.server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                received.add(request);
                if (request.getMethod().equals("PUT")) {
                    lost.await();
                }
                return read;
            }
        });
    }

    @AfterEach
    void end() {
        lost.countDown();
    }

    private Reply call(Adapter adapter, UnaryOperator<MetadataTokens> settings) throws Exception {
        Holdfast plain = bench.here(Holdfast.builder(SERVICE)).withoutBudget().build();
        MetadataTokens tokens = MetadataTokens.of(adapter.serviceClient(bench, plain), FORM);
        Holdfast with =
                plain.toBuilder().credentials(settings.apply(tokens).build()).build();
        return adapter.call(bench, with, Ask.get("/latest"));
    }

    private List<String> methods() {
        return received.stream().map(RecordedRequest::getMethod).toList();
    }

    @ParameterizedTest
    @EnumSource
    void twoTimeoutsFindItOut(Adapter adapter) throws Exception {
        Reply reply = call(adapter, tokens -> tokens);
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.NO_CREDENTIAL);
        assertThat(methods()).containsExactly("PUT", "PUT");
    }

    @ParameterizedTest
    @EnumSource
    void absenceIsAnotherThing(Adapter adapter) throws Exception {
        assertThat(call(adapter, MetadataTokens::toleratingAbsence).outcome().reason())
                .isEqualTo(StopReason.NO_CREDENTIAL);
    }

    @ParameterizedTest
    @EnumSource
    void byChoiceTheCallGoesOnWithout(Adapter adapter) throws Exception {
        Reply reply = call(adapter, MetadataTokens::toleratingSilence);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(methods()).containsExactly("PUT", "PUT", "GET");
        assertThat(received).allMatch(request -> request.getHeaders().get("X-Token") == null);
    }

    /** The service insists on a token: then it is asked for one again, and the call fails without. */
    @ParameterizedTest
    @EnumSource
    void theFirstRefusalUndoesTheChoice(Adapter adapter) throws Exception {
        read = Bench.answer(401, "{}").build();
        Reply reply = call(adapter, MetadataTokens::toleratingSilence);
        assertThat(reply.outcome().reason()).isEqualTo(StopReason.NO_CREDENTIAL);
        assertThat(methods()).containsExactly("PUT", "PUT", "GET", "PUT", "PUT");
    }

    /** Each vendor's, as it is preset, in a network that loses every response to a PUT; time passes for the attempts alone. */
    private enum Vendor {
        ALIBABA(
                AlibabaMetadata.SERVICE,
                "/latest/api/token",
                client -> AlibabaMetadata.tokens(client).build()),
        HUAWEI(
                HuaweiMetadata.SERVICE,
                "/meta-data/latest/api/token",
                client -> HuaweiMetadata.tokens(client).build()),
        IBM(
                IbmVpcMetadata.SERVICE,
                "/identity/v1/token",
                client -> IbmVpcMetadata.identityTokens(client).build()),
        IBM_BEFORE_2025(
                IbmVpcMetadata.SERVICE,
                "/instance_identity/v1/token",
                client -> IbmVpcMetadata.identityTokens(client)
                        .version(LocalDate.of(2022, 3, 1))
                        .build());

        private final Service service;
        private final String path;
        private final Function<ServiceClient, CachingCredentialSource> source;

        Vendor(Service service, String path, Function<ServiceClient, CachingCredentialSource> source) {
            this.service = service;
            this.path = path;
            this.source = source;
        }
    }

    private int attempts(Vendor vendor, Holdfast.Builder preset) {
        AtomicInteger attempts = new AtomicInteger();
        OkHttpClient losing = bench.client(builder -> builder.addInterceptor(chain -> {
            attempts.incrementAndGet();
            bench.time.jumpMonotonic(Duration.ofSeconds(7));
            throw new SocketTimeoutException("timeout");
        }));
        CachingCredentialSource source = vendor.source.apply(
                HoldfastOkHttp.serviceClient(losing, bench.here(preset).build()));
        assertThatThrownBy(() -> source.current().join()).hasRootCauseInstanceOf(SocketTimeoutException.class);
        source.close();
        return attempts.get();
    }

    /** Two attempts of 7 s, which an issuer that takes 6 s still meets, and the wait between them: also where the preset waits longest. */
    @ParameterizedTest
    @EnumSource
    void theVendorsAreKnownInSeconds(Vendor vendor) {
        RequestView put = RequestView.of("PUT", vendor.path);
        assertThat(vendor.service.operation(put).attemptTimeout()).isEqualTo(Duration.ofSeconds(7));
        for (Holdfast.Builder preset : List.of(
                Holdfast.builder(vendor.service), Holdfast.background(vendor.service), Holdfast.boot(vendor.service))) {
            long before = bench.time.nanoTime();
            assertThat(attempts(vendor, preset)).isEqualTo(2);
            assertThat(Duration.ofNanos(bench.time.nanoTime() - before))
                    .isBetween(Duration.ofSeconds(14), Duration.ofSeconds(20));
        }
    }
}
