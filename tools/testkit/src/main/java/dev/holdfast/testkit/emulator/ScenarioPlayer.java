package dev.holdfast.testkit.emulator;

import dev.holdfast.core.time.TimeSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Says what the scenarios in play do to a request. */
final class ScenarioPlayer {
    private final TimeSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Running> running = new ArrayList<>();

    ScenarioPlayer(TimeSource clock) {
        this.clock = clock;
    }

    private static final class Running {
        final Act act;
        int used;
        long since;

        Running(Act act) {
            this.act = act;
        }

        boolean isOver(long now) {
            return used >= act.times()
                    || (act.lasts() != null
                            && used > 0
                            && now - since >= act.lasts().toNanos());
        }
    }

    void play(Scenario scenario) {
        lock.lock();
        try {
            scenario.acts().forEach(act -> running.add(new Running(act)));
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        lock.lock();
        try {
            running.clear();
        } finally {
            lock.unlock();
        }
    }

    /** The effect on the next request of that path, or null. */
    @Nullable
    Effect next(String path, boolean forToken) {
        lock.lock();
        try {
            long now = clock.nanoTime();
            for (Iterator<Running> all = running.iterator(); all.hasNext(); ) {
                Running candidate = all.next();
                if (candidate.isOver(now)) {
                    all.remove();
                } else if (candidate.act.concerns(path, forToken)) {
                    if (candidate.used++ == 0) {
                        candidate.since = now;
                    }
                    return candidate.act.effect();
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Whether no act is left. */
    boolean isIdle() {
        lock.lock();
        try {
            long now = clock.nanoTime();
            running.removeIf(candidate -> candidate.isOver(now));
            return running.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
