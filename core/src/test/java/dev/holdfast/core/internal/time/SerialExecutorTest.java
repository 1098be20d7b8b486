package dev.holdfast.core.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Short tasks share a thread; a long one holds no other. */
class SerialExecutorTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final SerialExecutor executor = new SerialExecutor();
    private final CountDownLatch forever = new CountDownLatch(1);

    @AfterEach
    void end() {
        forever.countDown();
        threads.shutdownNow();
    }

    private void add(Runnable task) {
        executor.add(task, threads::execute);
    }

    private void block() {
        try {
            forever.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void allTasksRunOnFewThreads() throws Exception {
        int count = 10_000;
        CountDownLatch ran = new CountDownLatch(count);
        Set<Thread> used = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < count; i++) {
            add(() -> {
                used.add(Thread.currentThread());
                ran.countDown();
            });
        }
        ran.await();
        assertThat(used).hasSizeLessThan(50);
    }

    @Test
    void tasksOfOneThreadBeginInTheirOrder() throws Exception {
        List<Integer> begun = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch ran = new CountDownLatch(100);
        // In place, so that no stand-in runs beside the leader.
        for (int i = 0; i < 100; i++) {
            int number = i;
            executor.add(
                    () -> {
                        begun.add(number);
                        ran.countDown();
                    },
                    Runnable::run);
        }
        ran.await();
        assertThat(begun).isSorted().hasSize(100);
    }

    @Test
    void oneTaskThatNeverEndsHoldsNoOther() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(100);
        add(() -> {
            blocked.countDown();
            block();
        });
        blocked.await();
        for (int i = 0; i < 100; i++) {
            add(others::countDown);
        }
        others.await();
    }

    @Test
    void norDoTwentyOfThemAmongOthers() throws Exception {
        CountDownLatch blocked = new CountDownLatch(20);
        CountDownLatch others = new CountDownLatch(200);
        for (int i = 0; i < 220; i++) {
            add(
                    i % 11 == 0
                            ? () -> {
                                blocked.countDown();
                                block();
                            }
                            : others::countDown);
        }
        others.await();
        blocked.await();
    }

    @Test
    void aTaskThatThrowsHoldsNoOther() throws Exception {
        AtomicInteger uncaught = new AtomicInteger();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> uncaught.incrementAndGet());
        try {
            CountDownLatch after = new CountDownLatch(1);
            add(() -> {
                throw new IllegalStateException("a task that throws");
            });
            add(after::countDown);
            after.await();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
        assertThat(uncaught).hasValue(1);
    }

    @Test
    void aTaskMayAddTasks() throws Exception {
        CountDownLatch all = new CountDownLatch(1_000);
        addAgain(all);
        all.await();
    }

    private void addAgain(CountDownLatch all) {
        add(() -> {
            all.countDown();
            if (all.getCount() > 0) {
                addAgain(all);
            }
        });
    }
}
