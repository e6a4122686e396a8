package dev.netwright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ThreadsTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 9, 17})
    void everyWorkerRunsEveryTaskOnce(int n) {
        Threads threads = Threads.of(n);
        AtomicIntegerArray runs = new AtomicIntegerArray(n);
        for (int i = 0; i < 2_000; i++) {
            threads.run((worker, workers) -> {
                assertThat(workers).isEqualTo(n);
                runs.incrementAndGet(worker);
            });
        }
        for (int worker = 0; worker < n; worker++) {
            assertThat(runs.get(worker)).isEqualTo(2_000);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 9, 17})
    void nobodyPassesABarrierBeforeAllHaveComeToIt(int n) {
        Threads threads = Threads.of(n);
        int[] plain = new int[n];
        int phases = 1_000;
        threads.run((worker, workers) -> {
            for (int phase = 1; phase <= phases; phase++) {
                plain[worker] = phase;
                threads.barrier();
                for (int other = 0; other < workers; other++) {
                    if (plain[other] != phase) {
                        throw new AssertionError("worker " + other + " was at " + plain[other] + ", not " + phase);
                    }
                }
                threads.barrier();
            }
        });
        assertThat(plain).containsOnly(phases);
    }

    @ParameterizedTest
    @CsvSource({"0, 3", "1, 3", "2, 3", "0, 9", "8, 9"})
    void anExceptionReachesTheCallerAndFreesThoseAtBarriers(int failing, int n) {
        Threads threads = Threads.of(n);
        AtomicInteger passed = new AtomicInteger();
        for (int i = 0; i < 50; i++) {
            assertThatThrownBy(() -> threads.run((worker, workers) -> {
                        if (worker == failing) {
                            throw new IllegalArgumentException("failed in " + worker);
                        }
                        threads.barrier();
                        passed.incrementAndGet();
                    }))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("failed in " + failing);
        }
        assertThat(passed).hasValue(0);
        everyBarrierWorks(threads);
    }

    private static void everyBarrierWorks(Threads threads) {
        AtomicInteger passed = new AtomicInteger();
        threads.run((worker, workers) -> {
            threads.barrier();
            passed.incrementAndGet();
        });
        assertThat(passed).hasValue(threads.count());
    }

    @Test
    void aWorkerThatSkipsABarrierIsAnErrorAndNotADeadlock() {
        Threads threads = Threads.of(2);
        assertThatThrownBy(() -> threads.run((worker, workers) -> {
                    if (worker == 0) {
                        threads.barrier();
                    }
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("All workers must call it equally often");
        everyBarrierWorks(threads);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void refusesARunInsideARun(int nesting) {
        Threads threads = Threads.of(2);
        assertThatThrownBy(() -> threads.run((worker, workers) -> {
                    if (worker == nesting) {
                        threads.run((inner, all) -> {});
                    }
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("from within a task of the same team");
        everyBarrierWorks(threads);
    }

    @Test
    void anotherTeamMayRunInsideATask() {
        Threads outer = Threads.of(2);
        AtomicInteger runs = new AtomicInteger();
        outer.run((worker, workers) -> Threads.of(2).run((inner, all) -> runs.incrementAndGet()));
        assertThat(runs).hasValue(4);
    }

    @Test
    void callersOfOneTeamTakeTurns() throws InterruptedException {
        Threads threads = Threads.of(2);
        int[] counts = new int[2];
        Thread[] callers = new Thread[3];
        for (int i = 0; i < callers.length; i++) {
            callers[i] = new Thread(() -> {
                for (int round = 0; round < 500; round++) {
                    threads.run((worker, workers) -> counts[worker]++);
                }
            });
            callers[i].start();
        }
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(counts).containsExactly(1_500, 1_500);
    }

    @Test
    void wakesWorkersThatWentToSleep() throws InterruptedException {
        Threads threads = Threads.of(2);
        for (int i = 0; i < 5; i++) {
            everyBarrierWorks(threads);
            Thread.sleep(30);
        }
    }

    @Test
    void idleWorkersEndAndTheNextTaskStartsOthers() throws InterruptedException {
        Threads threads = new Threads(2, 1);
        Set<Thread> workers = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            Thread worker = worker(threads);
            assertThat(worker.isDaemon()).isTrue();
            assertThat(workers.add(worker)).isTrue();
            worker.join();
            everyBarrierWorks(threads);
        }
    }

    @Test
    void workersThatAreNotIdleForLongStay() {
        Threads threads = new Threads(2, Long.MAX_VALUE);
        assertThat(worker(threads)).isSameAs(worker(threads));
    }

    private static Thread worker(Threads threads) {
        Thread[] seen = new Thread[1];
        threads.run((worker, workers) -> {
            if (worker == 1) {
                seen[0] = Thread.currentThread();
            }
        });
        return seen[0];
    }

    /** More workers than processors sleep at once, and here end at once. */
    @Test
    void workersThatLeaveWhileATaskBeginsMissNothing() {
        int n = Runtime.getRuntime().availableProcessors() + 1;
        Threads threads = new Threads(n, 0);
        AtomicInteger passed = new AtomicInteger();
        for (int i = 0; i < 3_000; i++) {
            threads.run((worker, workers) -> {
                threads.barrier();
                passed.incrementAndGet();
            });
            for (int pause = 0; pause < i % 500; pause++) {
                Thread.onSpinWait();
            }
        }
        assertThat(passed).hasValue(3_000 * n);
    }

    /** Its class may be an application's, and the team may live longer. */
    @Test
    void aTeamForgetsTheExceptionThatItThrew() throws InterruptedException {
        Threads threads = new Threads(2, 0);
        List<WeakReference<Throwable>> thrown = new ArrayList<>();
        // The JVM itself may hold a thread's last exception as long as the thread lives.
        Thread caller = new Thread(() -> thrown.add(new WeakReference<>(failure(threads))));
        caller.start();
        caller.join();
        for (int i = 0; i < 1_000 && thrown.get(0).get() != null; i++) {
            System.gc();
        }
        assertThat(thrown.get(0).get()).isNull();
        everyBarrierWorks(threads);
    }

    private static Throwable failure(Threads threads) {
        return catchThrowable(() -> threads.run((worker, workers) -> {
            throw new IllegalArgumentException("failed");
        }));
    }

    @Test
    void refusesBarriersOutsideATaskAndTeamsOfNobody() {
        assertThatThrownBy(() -> Threads.of(2).barrier()).hasMessageContaining("outside a task");
        assertThatThrownBy(() -> Threads.of(0)).hasMessage("A team needs at least 1 thread, but 0 were asked for.");
        assertThat(Threads.all().count()).isEqualTo(Runtime.getRuntime().availableProcessors());
    }
}
