package dev.holdfast.core.gate;

import dev.holdfast.core.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Tickets before a gate, without any HTTP, and the virtual moments at which they were let in. */
final class Queue {
    static final GateKey KEY = new GateKey("test/service", "127.0.0.1:80", "default");

    final VirtualTime time = VirtualTime.manual();
    final Gate gate;

    /** In the order of admission. */
    final List<Place> admitted = new CopyOnWriteArrayList<>();

    final List<Place> turnedAway = new CopyOnWriteArrayList<>();

    Queue(GateSettings settings) {
        gate = new GateRegistry(time, time, null).gate(KEY, settings);
    }

    static GateSettings every(Duration interval) {
        return GateSettings.OPEN.withRate(1, interval);
    }

    /** Wants to make an attempt. */
    final class Place {
        private final Ticket ticket = new Ticket(this::settled);
        volatile @Nullable Duration at;

        private void settled() {
            (gate.admitted(ticket) ? admitted : turnedAway).add(this);
            at = time.elapsed();
        }

        boolean leave() {
            return gate.leave(ticket);
        }
    }

    /** As a call does it: by the short way if no ticket waits, otherwise with a place in the queue. */
    Place enter(Duration left) {
        Place place = new Place();
        Gate.Entry entry = gate.tryEnter() ? Gate.Entry.ADMITTED : gate.enter(place.ticket, left);
        if (entry != Gate.Entry.WAITS) {
            place.at = time.elapsed();
            (entry == Gate.Entry.ADMITTED ? admitted : turnedAway).add(place);
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
