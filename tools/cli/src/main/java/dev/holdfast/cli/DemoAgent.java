package dev.holdfast.cli;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.Limiters;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.internal.time.Randomness;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.time.Scheduler;
import dev.holdfast.core.time.TimeSource;
import dev.holdfast.emulators.demo.DemoStage;
import dev.holdfast.okhttp.HoldfastOkHttp;
import okhttp3.Call;
import okhttp3.OkHttpClient;

/**
 * Makes an agent's factory for one call of the demo.
 *
 * @param client the agent's own client
 * @param clock the demo's clock
 */
record DemoAgent(OkHttpClient client, TimeSource clock) {
    /** Every wait is this part of the service's own. */
    static final int SHORTENED = 10;

    /** A retry budget lasts for minutes and these calls take seconds, so each call has its own limiters. */
    Call.Factory on(DemoStage stage, long seed) {
        Holdfast.Builder builder = Holdfast.builder(stage.service())
                .endpoint(stage.emulator().url())
                .timeSource(clock)
                .random(Randomness.seeded(seed));
        if (stage.credentials() != null) {
            builder.credentials(stage.credentials());
        }
        for (Pace pace : Pace.values()) {
            builder.backoff(pace, shortened(stage.service().policy().backoff(pace)));
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
}
