package dev.holdfast.core.internal.limit;

import dev.holdfast.core.policy.Limits;
import dev.holdfast.core.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Tickets before a limiter, without any HTTP, and the virtual moments at which they were let in. */
final class Queue {
    static final LimiterKey KEY = new LimiterKey("test/service", "127.0.0.1:80", "default");

    final VirtualTime time = VirtualTime.manual();
    final EndpointLimiter limiter;

    /** In the order of admission. */
    final List<Place> admitted = new CopyOnWriteArrayList<>();

    final List<Place> notPermitted = new CopyOnWriteArrayList<>();

    Queue(Limits settings) {
        limiter = new LimiterRegistry(time, time, null).limiter(KEY, settings, this);
    }

    static Limits every(Duration interval) {
        return Limits.NONE.rate(1, interval);
    }

    /** Wants to make an attempt. */
    final class Place {
        private final Waiter ticket = new Waiter(this::settled);
        volatile @Nullable Duration at;

        private void settled() {
            (limiter.admitted(ticket) ? admitted : notPermitted).add(this);
            at = time.elapsed();
        }

        boolean leave() {
            return limiter.leave(ticket);
        }
    }

    /** As a call does it: by the short way if no ticket waits, otherwise with a place in the queue. */
    Place enter(Duration left) {
        Place place = new Place();
        EndpointLimiter.Entry entry = limiter.tryEnter() != EndpointLimiter.Permit.NONE
                ? EndpointLimiter.Entry.ADMITTED
                : limiter.enter(place.ticket, left);
        if (entry != EndpointLimiter.Entry.WAITS) {
            place.at = time.elapsed();
            (entry == EndpointLimiter.Entry.ADMITTED ? admitted : notPermitted).add(place);
        }
        return place;
    }

    List<Duration> moments() {
        return admitted.stream().map(place -> place.at).toList();
    }

    List<Duration> gaps() {
        List<Duration> moments = moments();
        return java.util.stream.IntStream.range(1, moments.size())
                .mapToObj(i -> moments.get(i).minus(moments.get(i - 1)))
                .toList();
    }
}
