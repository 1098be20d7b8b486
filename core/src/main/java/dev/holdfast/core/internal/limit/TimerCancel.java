package dev.holdfast.core.internal.limit;

import dev.holdfast.core.time.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes timers back. A wait is over before its timer is taken back, and a timer that fires afterwards finds it over. So what a scheduler of the
 * caller throws here changes nothing, and must not keep a call from going on.
 */
public final class TimerCancel {
    private static final Logger LOG = LoggerFactory.getLogger("dev.holdfast.call");

    private TimerCancel() {}

    /**
     * Takes a timer back. What it throws is logged.
     *
     * @param timer the timer, or null if there is none
     */
    public static void cancel(Scheduler.@Nullable Timer timer) {
        if (timer == null) {
            return;
        }
        try {
            timer.cancel();
        } catch (RuntimeException | Error e) {
            LOG.debug("A timer of the scheduler threw when it was taken back", e);
        }
    }
}
