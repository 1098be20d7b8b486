package dev.holdfast.core.credential;

import dev.holdfast.core.internal.time.Durations;
import dev.holdfast.core.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What the service has refused of one source, and how soon a replacement may be asked for after another. Where fresh ones are refused too,
 * something else is wrong, and the issuer is not to suffer for it. Used under the source's lock.
 */
final class RejectionHistory {
    /** Late refusals of older credentials must not make the last one forgotten. */
    private static final int REMEMBERED = 4;

    private final TimeSource clock;
    private final ArrayDeque<Refused> recent = new ArrayDeque<>();
    private @Nullable Timestamp replaced;
    private Duration coolDown = CachePolicy.FIRST_COOL_DOWN;

    /** What {@link #replaced} and {@link #coolDown} were before the replacement that is under way. */
    private @Nullable Timestamp replacedBefore;

    private Duration coolDownBefore = CachePolicy.FIRST_COOL_DOWN;
    private boolean replacing;

    RejectionHistory(TimeSource clock) {
        this.clock = clock;
    }

    private record Refused(Credential credential, Timestamp when, boolean accepted) {}

    void add(Credential credential, boolean acceptedBefore) {
        if (!knows(credential)) {
            recent.addLast(new Refused(credential, Timestamp.now(clock), acceptedBefore));
        }
        if (recent.size() > REMEMBERED) {
            recent.removeFirst();
        }
    }

    /** A service may have refused by mistake what its issuer gives out for hours: nothing stays known for ever. */
    boolean knows(Credential credential) {
        forgetOld();
        return recent.stream().anyMatch(refused -> refused.credential().isSameAs(credential));
    }

    /**
     * Whether one that the issuer gives again may serve others on: once, and only if the service took it before it was refused. Then it was perhaps
     * one path that refused it.
     */
    boolean forgives(Credential credential) {
        return recent.removeIf(
                refused -> refused.accepted() && refused.credential().isSameAs(credential));
    }

    @Nullable
    Credential last() {
        forgetOld();
        return recent.isEmpty() ? null : recent.getLast().credential();
    }

    private void forgetOld() {
        recent.removeIf(refused -> refused.when().age(clock).compareTo(CachePolicy.LONGEST_COOL_DOWN) >= 0);
    }

    /** How long until the next replacement may be asked for; zero for now. */
    Duration left() {
        if (replaced == null) {
            return Duration.ZERO;
        }
        Duration left = coolDown.minus(replaced.age(clock));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** A replacement is asked for. */
    void replacing() {
        replacing = true;
        replacedBefore = replaced;
        coolDownBefore = coolDown;
        boolean soon = replaced != null && replaced.age(clock).compareTo(CachePolicy.LONGEST_COOL_DOWN) < 0;
        coolDown = soon
                ? Durations.min(coolDown.multipliedBy(2), CachePolicy.LONGEST_COOL_DOWN)
                : CachePolicy.FIRST_COOL_DOWN;
        replaced = Timestamp.now(clock);
    }

    /** The replacement has landed. */
    void replaced() {
        replacing = false;
    }

    /** The replacement has failed and replaced nothing: the back-off of fetches holds then, and no cool-down. */
    void notReplaced() {
        if (replacing) {
            replacing = false;
            replaced = replacedBefore;
            coolDown = coolDownBefore;
        }
    }

    /** Forgets every credential. */
    void clear() {
        recent.clear();
    }
}
