package dev.holdfast.emulators.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.core.policy.Limits;
import dev.holdfast.emulators.laws.Adapter;
import dev.holdfast.emulators.laws.Adapter.Ask;
import dev.holdfast.emulators.laws.Adapter.Reply;
import dev.holdfast.emulators.laws.Background;
import dev.holdfast.emulators.laws.Bench;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A pod identity relay answers after its own 16 tries, 80 s later (Azure/aad-pod-identity#472). A client that gives up earlier leaves its call
 * open there, and sends another one beside it, against a limit of 5 at once.
 */
class SlowRelayTest {
    private static final Duration RELAY = Duration.ofSeconds(80);

    @RegisterExtension
    final Bench bench = Bench.skipping();

    @Test
    void anAttemptOutlastsTheRelay() {
        assertThat(AzureImds.SERVICE.operations())
                .filteredOn(operation -> operation.id().equals("identity"))
                .singleElement()
                .satisfies(identity -> assertThat(identity.attemptTimeout()).isGreaterThan(RELAY));
    }

    /** The policy's attempt timeout of 100 ms ends the first call; it does not end the second one, which waits for the relay. */
    @ParameterizedTest
    @EnumSource(Adapter.class)
    void noSecondCallIsOpenBesideTheFirst(Adapter adapter) throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        BlockingQueue<String> tokenRequests = new LinkedBlockingQueue<>();
        bench.server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                if (request.getTarget().startsWith("/metadata/identity")) {
                    tokenRequests.add(request.getTarget());
                }
                answered.await();
                return Bench.ok();
            }
        });
        try {
            Holdfast impatient = bench.here(Holdfast.interactive(AzureImds.SERVICE))
                    .limits("identity", Limits.NONE)
                    .attemptTimeout(Duration.ofMillis(100))
                    .deadline(Duration.ofHours(1))
                    .maxAttempts(2)
                    .build();
            Background<Reply> token = Background.run(() -> adapter.call(bench, impatient, Ask.get(Bench.TOKEN)));
            String first = tokenRequests.take();

            Reply instance = adapter.call(bench, impatient, Ask.get(Bench.INSTANCE));
            assertThat(instance.thrown()).isNotNull();
            assertThat(instance.outcome().attempts()).hasSize(2);

            answered.countDown();
            assertThat(token.get().status()).isEqualTo(200);
            assertThat(tokenRequests)
                    .as("further token requests beside " + first)
                    .isEmpty();
        } finally {
            answered.countDown();
        }
    }
}
