package dev.holdfast.core.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.catalogue.Catalogue;
import dev.holdfast.core.internal.limit.EndpointLimiter;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.outcome.CallOptions;
import dev.holdfast.core.policy.RetrySafety;
import dev.holdfast.core.response.RequestView;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.time.VirtualTime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Calls of core alone: a service of no vendor, a transport without a client, virtual time and seeded randomness. After each test no wait and no
 * response may be left.
 */
public final class CallBench implements BeforeEachCallback, AfterEachCallback {
    /** Where all requests go. */
    public static final String AUTHORITY = "169.254.169.254:80";

    public static final RequestView READ = RequestView.of("GET", "/read");
    public static final RequestView WRITE = RequestView.of("POST", "/write");

    /** Two operations, each in a category of its own; a 410 announces a maintenance. */
    public static final Service SERVICE = Service.builder("test/service")
            .baseUrl("http://169.254.169.254")
            .operation(Operation.named("read").methods("GET").path("/read").retrySafety(RetrySafety.ALWAYS))
            .operation(Operation.named("write")
                    .methods("POST")
                    .path("/write")
                    .retrySafety(RetrySafety.IF_NOT_PROCESSED)
                    .category("writes"))
            .catalogue(Catalogue.of(
                    "test/service",
                    "id\toperation\tstatus\tcode\tmessage\tverdict\tkind\tpace\tprocessed\tadvice\tsource\n"
                            + "status-410\t-\t410\t-\t-\tretry\tupdating\t-\tunknown\tWait.\ttest (2026-11)\n"))
            .build();

    private final boolean manual;
    public VirtualTime time;
    public FakeService service;

    private CallBench(boolean manual) {
        this.manual = manual;
    }

    /** Waits are over at once. */
    public static CallBench skipping() {
        return new CallBench(false);
    }

    /** Waits are over when the test moves the time. */
    public static CallBench manual() {
        return new CallBench(true);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        time = manual ? VirtualTime.manual() : VirtualTime.skipping();
        service = new FakeService();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        try {
            assertThat(time.pending()).as("waits left behind").isZero();
            assertThat(service.open()).as("responses left open").isEmpty();
        } finally {
            time.shutDown();
            service.threads.shutdownNow();
        }
    }

    /** With what the library does by default; each instance has limiters of its own. */
    public Holdfast.Builder holdfast() {
        return Holdfast.builder(SERVICE).timeSource(time).scheduler(time).random(Randomness.seeded(42));
    }

    /** Without a retry budget. */
    public Holdfast.Builder unbounded() {
        return holdfast().withoutBudget();
    }

    public FakeCall call(Holdfast.Builder holdfast) {
        return call(holdfast.build());
    }

    public FakeCall call(Holdfast holdfast) {
        return call(holdfast, READ, CallOptions.none());
    }

    public FakeCall call(Holdfast holdfast, RequestView request, CallOptions options) {
        return call(holdfast, request, options, null);
    }

    public FakeCall call(Holdfast holdfast, RequestView request, CallOptions options, @Nullable Duration callersLimit) {
        CallContext plan = new CallContext(
                request, SERVICE.operation(request), limiter(holdfast, request), false, callersLimit, options);
        return new FakeCall(new ResilientCall<>(Access.of(holdfast), new FakeTransport(service, request), plan));
    }

    /** The limiter that a request passes. */
    public EndpointLimiter limiter(Holdfast holdfast, RequestView request) {
        return Access.of(holdfast).limiter(SERVICE.operation(request), AUTHORITY);
    }

    public int requests() {
        return service.requests();
    }
}
