package dev.holdfast.jdk;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where calls go on that must not go on with a thread of the HTTP client. The JDK's own choice is the common pool, which has one thread on a machine of two
 * cores, or on JDK 17 a thread for each task. This pool keeps its threads, so that a call starts none, and has as many as there are tasks that block.
 */
final class Threads {
    private static final Executor JDK = new CompletableFuture<Void>().defaultExecutor();

    /** Whether the JDK starts a thread for each task. */
    static final boolean JDK_STARTS_ONE_EACH = !(JDK instanceof ForkJoinPool);

    /** Never refuses a task, and never makes one wait for another, as a common pool of one thread does behind a slow listener. */
    static final Executor LATER = pool();

    private Threads() {}

    /** As long as the JDK's client keeps its own threads. */
    private static Executor pool() {
        AtomicInteger made = new AtomicInteger();
        return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 60, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "HoldfastHttpClient-worker-" + made.incrementAndGet());
            thread.setDaemon(true);
            // An idle thread must not keep the class loader of the application that made it.
            thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
            return thread;
        });
    }
}
