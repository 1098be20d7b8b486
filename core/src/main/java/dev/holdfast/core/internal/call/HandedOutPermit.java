package dev.holdfast.core.internal.call;

import dev.holdfast.core.internal.limit.EndpointLimiter;
import dev.holdfast.core.internal.limit.TimerCancel;
import dev.holdfast.core.service.Operation;
import dev.holdfast.core.time.Scheduler;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A permit that went to the caller with a response. It is given back once: when the body is closed, or when the attempt's time is over. By then
 * the client has ended the body anyway. Thread-safe.
 */
final class HandedOutPermit implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.holdfast.call");

    /** The operations that were warned of in this process. Their names are the services' own, so they are few. */
    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

    private final EndpointLimiter limiter;
    private boolean over;
    private Scheduler.@Nullable Timer timer;

    HandedOutPermit(EndpointLimiter limiter) {
        this.limiter = limiter;
    }

    /** Sets the timer. Without one, a broken scheduler's, the permit is given back by the close alone. */
    void boundBy(CallEngine engine, Operation operation, Duration left) {
        String name = engine.service().id() + " " + operation.id();
        try {
            started(engine.scheduler().bound(() -> expired(name), lost -> {}, left));
        } catch (RuntimeException | Error e) {
            LOG.debug("The scheduler took no timer for an open response of {}", name, e);
        }
    }

    private void started(Scheduler.Timer set) {
        boolean late;
        synchronized (this) {
            late = over;
            timer = late ? null : set;
        }
        if (late) {
            TimerCancel.cancel(set);
        }
    }

    /** The body was closed or read to its end. */
    @Override
    public void run() {
        if (end()) {
            limiter.release();
        }
    }

    private void expired(String name) {
        if (!end()) {
            return;
        }
        if (WARNED.add(name)) {
            LOG.warn(
                    "A response of {} was not closed within its attempt timeout; its permit was given back then. Close"
                            + " every response, or read its body to the end",
                    name);
        }
        limiter.release();
    }

    /** Returns true for the first of close and timer. */
    private boolean end() {
        Scheduler.Timer set;
        synchronized (this) {
            if (over) {
                return false;
            }
            over = true;
            set = timer;
            timer = null;
        }
        TimerCancel.cancel(set);
        return true;
    }
}
