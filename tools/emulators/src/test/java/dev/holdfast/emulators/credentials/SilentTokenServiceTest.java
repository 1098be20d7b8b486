package dev.holdfast.emulators.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.alibaba.AlibabaMetadata;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.credential.MetadataTokens;
import dev.holdfast.core.outcome.StopReason;
import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Service;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Adapter.Reply;
import dev.holdfast.emulators.laws.Bench;
import dev.holdfast.huawei.HuaweiMetadata;
import dev.holdfast.ibm.IbmVpcMetadata;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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

    /** Read off the settings: two attempts of 7 s, which an issuer that takes 6 s still meets. */
    @Test
    void theVendorsTokenOperationsAreKnownInSeconds() {
        List.of(
                        AlibabaMetadata.SERVICE.operation(RequestView.of("PUT", "/latest/api/token")),
                        HuaweiMetadata.SERVICE.operation(RequestView.of("PUT", "/meta-data/latest/api/token")),
                        IbmVpcMetadata.SERVICE.operation(RequestView.of("PUT", "/identity/v1/token")),
                        IbmVpcMetadata.SERVICE.operation(RequestView.of("PUT", "/instance_identity/v1/token")))
                .forEach(token -> {
                    assertThat(token.mostTimeouts()).isEqualTo(2);
                    assertThat(token.attemptTimeout()).isEqualTo(Duration.ofSeconds(7));
                });
    }
}
