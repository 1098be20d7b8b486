package dev.holdfast.cli;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.Limiters;
import dev.holdfast.core.credential.CredentialSource;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.time.Scheduler;
import dev.holdfast.core.time.TimeSource;
import dev.holdfast.okhttp.HoldfastOkHttp;
import dev.holdfast.testkit.emulator.Emulator;
import java.util.List;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * One emulated service and what an agent needs to call it.
 *
 * @param service the service
 * @param emulator plays it
 * @param issuers play those that issue its credentials, where they are others
 * @param credentials signs its requests, or null
 */
record DemoStage(
        Service service,
        Emulator emulator,
        List<Emulator> issuers,
        @Nullable CredentialSource credentials) implements AutoCloseable {
    /** Every wait is this part of the service's own. */
    static final int SHORTENED = 10;

    /** An agent's factory for one call: a retry budget lasts for minutes and these calls take seconds, so each has its own. */
    Call.Factory agent(OkHttpClient client, TimeSource clock, long seed) {
        Holdfast.Builder builder = Holdfast.builder(service)
                .endpoint(emulator.url())
                .timeSource(clock)
                .random(Randomness.seeded(seed));
        if (credentials != null) {
            builder.credentials(credentials);
        }
        for (Pace pace : Pace.values()) {
            builder.backoff(pace, shortened(service.policy().backoff(pace)));
        }
        Scheduler scheduler = clock instanceof Scheduler both ? both : Scheduler.shared();
        builder.limiters(Limiters.isolated(clock, scheduler));
        return HoldfastOkHttp.wrap(client, builder.build());
    }

    private static Backoff shortened(Backoff backoff) {
        if (backoff instanceof Backoff.EqualJitter equal) {
            return Backoff.equalJitter(
                    equal.base().dividedBy(SHORTENED), equal.cap().dividedBy(SHORTENED));
        }
        if (backoff instanceof Backoff.FullJitter full) {
            return Backoff.fullJitter(
                    full.base().dividedBy(SHORTENED), full.cap().dividedBy(SHORTENED));
        }
        return backoff;
    }

    /** What the service itself was asked, its tokens apart; the calls of {@code azure/imds} include such as ask for one. */
    int requests() {
        return credentials == null ? emulator.requestCount() : emulator.requestCount() - emulator.tokenRequestCount();
    }

    /** What was asked for credentials, here or of the issuers. */
    int tokenRequests() {
        int here = credentials == null ? 0 : emulator.tokenRequestCount();
        return here + issuers.stream().mapToInt(Emulator::tokenRequestCount).sum();
    }

    @Override
    public void close() {
        if (credentials != null) {
            credentials.close();
        }
        emulator.close();
        issuers.forEach(Emulator::close);
    }
}
