package dev.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.decision.Decision;
import dev.holdfast.core.decision.ErrorKind;
import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.policy.Backoff;
import dev.holdfast.core.policy.RetryPolicy;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Service;
import java.net.ConnectException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The presets of a service of one's own, as their Javadoc says; PresetWaitsTest compares those of the vendors with theirs. */
class PresetPoliciesTest {
    private static final Service SERVICE = Service.builder("test/own")
            .baseUrl("http://127.0.0.1")
            .operation(Operation.named("read").methods("GET"))
            .build();

    @Test
    void anAgentThatStartsWaitsForTheNetwork() {
        Holdfast boot = Holdfast.boot(SERVICE).build();
        Decision refused = boot.decide(new ConnectException("refused"), null);
        assertThat(refused.pace()).contains(Pace.STARTUP);
        assertThat(refused.kind()).isEqualTo(ErrorKind.UNREACHABLE);
        assertThat(refused.rule()).isEqualTo("user/boot-unreachable");
        assertThat(boot.policy().maxAttempts()).isEqualTo(8);
        assertThat(boot.policy().deadline()).hasMinutes(5);
        assertThat(boot.policy().patience(Pace.STARTUP)).hasSeconds(180);
        assertThat(boot.policy().backoff(Pace.STARTUP))
                .isEqualTo(SERVICE.policy().backoff(Pace.STARTUP));
    }

    @Test
    void theAdviceForAnUnreachableServiceCanBeItsOwn() {
        ConnectException refused = new ConnectException("refused");
        Holdfast boot = Holdfast.boot(SERVICE, "Check the cable.").build();
        assertThat(boot.decide(refused, null).advice()).isEqualTo("Check the cable.");
        assertThat(Holdfast.boot(SERVICE).build().decide(refused, null).advice())
                .isEqualTo(SERVICE.decide(refused, null).advice());
    }

    @Test
    void aPersonDoesNotWaitForAStartOrAMaintenance() {
        RetryPolicy policy = Holdfast.interactive(SERVICE).build().policy();
        assertThat(policy.maxAttempts()).isEqualTo(3);
        assertThat(policy.deadline()).hasSeconds(15);
        assertThat(policy.attemptTimeout()).hasSeconds(5);
        assertThat(policy.maxRetryAfter()).hasSeconds(5);
        assertThat(policy.patience(Pace.STARTUP)).isZero();
        assertThat(policy.patience(Pace.MAINTENANCE)).isZero();
    }

    @Test
    void workThatHasTimeIsSlowAndPatient() {
        RetryPolicy policy = Holdfast.background(SERVICE).build().policy();
        Backoff slow = Backoff.equalJitter(Duration.ofSeconds(5), Duration.ofSeconds(60));
        assertThat(policy.maxAttempts()).isEqualTo(8);
        assertThat(policy.deadline()).hasMinutes(10);
        assertThat(policy.maxRetryAfter()).hasMinutes(5);
        assertThat(policy.backoff(Pace.TRANSIENT)).isEqualTo(slow);
        assertThat(policy.backoff(Pace.THROTTLE)).isEqualTo(slow);
    }
}
