package dev.netwright.runtime;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The workers behind {@link Threads} and their meeting points. Worker threads refer to this object only, so an
 * unreachable {@link Threads} can be noticed and its threads stopped.
 */
final class Team {
    /** Unwinds a worker whose barrier will never be complete; the exception that broke it is the one reported. */
    private static final class BrokenBarrier extends RuntimeException {
        private static final long serialVersionUID = 1;
        private static final BrokenBarrier INSTANCE = new BrokenBarrier();

        private BrokenBarrier() {
            super("another worker failed", null, false, false);
        }
    }

    private final class Worker extends Thread {
        private final int index;

        Worker(int index) {
            super(null, null, "netwright-worker-" + index, 0, false);
            this.index = index;
            setDaemon(true);
            setContextClassLoader(null);
        }

        boolean belongsTo(Team team) {
            return Team.this == team;
        }

        @Override
        public void run() {
            int seen = 0;
            while (true) {
                int turns = 0;
                while (round == seen) {
                    turns = waiters[index].turn(turns);
                }
                waiters[index].done();
                seen = round;
                if (stopped) {
                    return;
                }
                work(index);
            }
        }
    }

    private final int count;
    private final Waiter[] waiters;
    private final AtomicInteger finished = new AtomicInteger();
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private int started;
    private Threads.Task task;
    private volatile Thread caller;
    private volatile int round;
    private volatile int phase;
    private volatile boolean stopped;

    Team(int count) {
        this.count = count;
        // Spinning workers beyond the processors would keep the working ones from running.
        boolean spin = count <= Runtime.getRuntime().availableProcessors();
        this.waiters = new Waiter[count];
        for (int i = 0; i < count; i++) {
            waiters[i] = new Waiter(spin);
        }
    }

    boolean isWorker(Thread thread) {
        return thread instanceof Worker worker && worker.belongsTo(this);
    }

    /** Only one thread at a time may call this. */
    void run(Threads.Task work) {
        while (started < count - 1) {
            new Worker(started + 1).start();
            started++;
        }
        task = work;
        caller = Thread.currentThread();
        finished.set(0);
        arrived.set(0);
        failure.set(null);
        round++;
        wakeAll();
        work(0);
        int turns = 0;
        while (finished.get() < count) {
            turns = waiters[0].turn(turns);
        }
        waiters[0].done();
        caller = null;
        task = null;
        rethrow(failure.get());
    }

    private static void rethrow(Throwable thrown) {
        if (thrown instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown != null) {
            throw new IllegalStateException("A worker threw the checked exception " + thrown, thrown);
        }
    }

    private void work(int index) {
        try {
            task.run(index, count);
        } catch (BrokenBarrier broken) {
            // The failure that broke the barrier is already recorded.
        } catch (Throwable thrown) {
            failure.compareAndSet(null, thrown);
        } finally {
            if (finished.incrementAndGet() == count) {
                waiters[0].wake();
            } else if (arrived.get() > 0) {
                // Somebody waits at a barrier that this worker will not reach.
                wakeAll();
            }
        }
    }

    void barrier() {
        barrier(currentIndex());
    }

    /** For callers that know which worker they are; the look-up takes as long as the rest of a barrier. */
    void barrier(int index) {
        Waiter waiter = waiters[index];
        int mine = phase;
        if (arrived.incrementAndGet() == count) {
            arrived.set(0);
            phase = mine + 1;
            wakeAll();
            return;
        }
        int turns = 0;
        while (phase == mine) {
            // A worker that passed this barrier moved the phase before it could finish: the order of reads matters.
            if (finished.get() > 0 && phase == mine) {
                waiter.done();
                failure.compareAndSet(
                        null,
                        new IllegalStateException("A worker ended its task while others waited at Threads.barrier()."
                                + " All workers must call it equally often."));
                throw BrokenBarrier.INSTANCE;
            }
            turns = waiter.turn(turns);
        }
        waiter.done();
    }

    private int currentIndex() {
        Thread thread = Thread.currentThread();
        if (thread instanceof Worker worker && worker.belongsTo(this)) {
            return worker.index;
        }
        if (thread == caller) {
            return 0;
        }
        throw new IllegalStateException("Threads.barrier() was called outside a task of this team.");
    }

    void stop() {
        stopped = true;
        round++;
        wakeAll();
    }

    private void wakeAll() {
        for (Waiter waiter : waiters) {
            waiter.wake();
        }
    }
}
