package dev.holdfast.core.internal.call;

import dev.holdfast.core.service.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Probes several services at once, so that all of them together take as long as one. */
public final class ParallelProbe {
    private ParallelProbe() {}

    /**
     * Returns the first candidate that is present, in the order of the list. Waits for all probes before it in that order.
     *
     * @param candidates what is probed, each on a daemon thread of its own
     * @param probe makes one probe, which ends by itself
     * @param <T> the candidates' type
     * @return the candidate, or nothing
     */
    public static <T> Optional<T> first(List<T> candidates, Function<T, Presence> probe) {
        List<CompletableFuture<Presence>> probes = new ArrayList<>(candidates.size());
        for (T candidate : candidates) {
            CompletableFuture<Presence> found = new CompletableFuture<>();
            Thread thread = new Thread(
                    () -> {
                        try {
                            found.complete(probe.apply(candidate));
                        } catch (RuntimeException | Error e) {
                            found.completeExceptionally(e);
                        }
                    },
                    "holdfast-probe");
            thread.setDaemon(true);
            thread.start();
            probes.add(found);
        }
        for (int i = 0; i < probes.size(); i++) {
            if (probes.get(i).join() == Presence.PRESENT) {
                return Optional.of(candidates.get(i));
            }
        }
        return Optional.empty();
    }
}
