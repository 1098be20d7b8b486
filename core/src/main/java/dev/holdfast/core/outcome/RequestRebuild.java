package dev.holdfast.core.outcome;

/**
 * Rebuilds a request before each attempt, see {@link CallOptions#withRebuild}. What it throws ends the call. It may block: it runs on the caller's
 * thread, or on a thread of the client's; the attempt's timeout does not run yet.
 */
@FunctionalInterface
public interface RequestRebuild {

    /**
     * Rebuilds.
     *
     * @param draft the caller's request, to be changed
     * @param attempt the number of the attempt that it is for, from 1
     */
    void rebuild(RequestDraft draft, int attempt);
}
