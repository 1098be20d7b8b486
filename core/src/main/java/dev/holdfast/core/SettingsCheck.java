package dev.holdfast.core;

import dev.holdfast.core.decision.Pace;
import dev.holdfast.core.decision.Rule;
import dev.holdfast.core.internal.time.Durations;
import dev.holdfast.core.policy.RetryPolicy;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.service.Service;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses settings that can never take effect, and warns of times that contradict each other: both would be found in the next outage only. */
final class SettingsCheck {
    private static final Logger LOG = LoggerFactory.getLogger(Holdfast.class);

    /** What an operation is called that the service does not declare. */
    private static final String UNDECLARED = "other";

    private SettingsCheck() {}

    static void check(Service service, List<Rule> rules, RetryPolicy policy, Set<String> limited) {
        Set<String> operations = new TreeSet<>();
        Set<String> categories = new TreeSet<>(Set.of("default"));
        boolean inspects = service.linkLocal();
        for (Operation operation : service.operations()) {
            operations.add(operation.id());
            categories.add(operation.category());
            inspects |= operation.inspectSuccess();
        }
        for (String category : limited) {
            if (!categories.contains(category)) {
                throw new IllegalArgumentException("limits must name a category of " + service.id() + ", one of "
                        + categories + ", but name \"" + category + "\"");
            }
        }
        for (Rule rule : rules) {
            checkRule(service, rule, operations, inspects);
        }
        patience(service, policy);
        times(service, policy);
    }

    private static void checkRule(Service service, Rule rule, Set<String> operations, boolean inspects) {
        String operation = rule.operation();
        if (operation != null && !operations.contains(operation) && !operation.equals(UNDECLARED)) {
            throw new IllegalArgumentException("rule \"" + rule.name() + "\" must name an operation of " + service.id()
                    + ", one of " + operations + ", but names \"" + operation + "\"");
        }
        if (rule.isAboutSuccesses() && !inspects) {
            throw new IllegalArgumentException(
                    "rule \"" + rule.name() + "\" is about a success, but no operation of " + service.id()
                            + " looks into successes (Operation.Builder.inspectSuccess), so that it never matches");
        }
    }

    private static void patience(Service service, RetryPolicy policy) {
        for (Pace pace : Pace.values()) {
            Duration least = service.leastPatience(pace);
            Duration patience = policy.patience(pace);
            if (patience.compareTo(least) < 0 && !patience.isZero()) {
                throw new IllegalArgumentException("patience for " + pace + " must be zero or at least " + least
                        + ", which " + service.id() + " documents, but is " + patience);
            }
        }
    }

    /** The deadline of a service is lifted by patience. The caller's own is not. */
    private static void times(Service service, RetryPolicy policy) {
        Duration deadline = policy.deadline();
        if (!policy.callersDeadline()) {
            return;
        }
        RetryPolicy usual = service.policy();
        if (!policy.attemptTimeout().equals(usual.attemptTimeout())
                && policy.attemptTimeout().compareTo(deadline) > 0) {
            warn(service, "attempt timeout", policy.attemptTimeout(), deadline);
        }
        for (Pace pace : Pace.values()) {
            if (!policy.patience(pace).equals(usual.patience(pace))
                    && policy.patience(pace).compareTo(deadline) > 0) {
                warn(service, "patience for " + pace, policy.patience(pace), deadline);
            }
        }
    }

    private static void warn(Service service, String what, Duration longer, Duration deadline) {
        LOG.warn(
                "{}: the {} of {} is longer than the deadline of {}, which ends a call first. Raise the deadline, or lower the {}",
                service.id(),
                what,
                Durations.text(longer),
                Durations.text(deadline),
                what);
    }
}
