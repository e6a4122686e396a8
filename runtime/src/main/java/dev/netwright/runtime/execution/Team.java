package dev.netwright.runtime.execution;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The workers behind {@link Threads} and their meeting points. A worker that had nothing to do for a while ends, and the
 * next task starts another: a running thread keeps the class loader of this class, and with it an application that its
 * server has stopped.
 */
public abstract class Team {
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
        private final Waiter waiter;
        private int seen;

        Worker(int index, int seen) {
            super(null, null, "netwright-worker-" + index, 0, false);
            this.index = index;
            this.waiter = waiters[index];
            this.seen = seen;
            setDaemon(true);
            setContextClassLoader(null);
        }

        boolean belongsTo(Team team) {
            return Team.this == team;
        }

        @Override
        public void run() {
            while (awaitRound()) {
                waiter.done();
                seen = round;
                attend(index);
            }
        }

        /** False if this thread is to end. */
        private boolean awaitRound() {
            waiter.idle();
            int turns = 0;
            while (waiter.isAwake(turns)) {
                if (round != seen) {
                    return true;
                }
                turns = waiter.turn(turns);
            }
            long begin = System.nanoTime();
            while (round == seen) {
                long left = keepAlive - (System.nanoTime() - begin);
                if (left <= 0) {
                    return !leave(this);
                }
                waiter.sleep(left);
            }
            return true;
        }
    }

    private final int count;
    private final Waiter[] waiters;
    private final AtomicInteger sleepers = new AtomicInteger();
    private final Arrivals atBarrier;
    private final Arrivals atEnd;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final long keepAlive;
    private final boolean[] present;
    private volatile Thread caller;
    private volatile int round;
    private volatile int phase;
    /** Whether a member has ended its work of the round. */
    private volatile boolean ending;

    private volatile int endedRound;

    /**
     * Starts no thread yet.
     *
     * @param keepAlive nanoseconds that a worker sleeps before it ends
     */
    protected Team(int count, long keepAlive) {
        this.count = count;
        this.keepAlive = keepAlive;
        this.present = new boolean[count];
        this.atBarrier = new Arrivals(count);
        this.atEnd = new Arrivals(count);
        // Spinning workers beyond the processors would keep the working ones from running.
        boolean spin = count <= Runtime.getRuntime().availableProcessors();
        this.waiters = new Waiter[count];
        for (int i = 0; i < count; i++) {
            waiters[i] = new Waiter(spin, sleepers);
        }
    }

    /**
     * What every member does once in a round, at the same time.
     *
     * @param member 0 (the thread that called {@link #run}) to members - 1
     * @param members the size of the team
     */
    protected abstract void work(int member, int members);

    public boolean isWorker(Thread thread) {
        return thread instanceof Worker worker && worker.belongsTo(this);
    }

    /** Only one thread at a time may call this. */
    public void run() {
        beginRound();
        wakeAll();
        attend(0);
        int turns = 0;
        while (endedRound != round) {
            turns = waiters[0].turn(turns);
        }
        waiters[0].done();
        caller = null;
        rethrow(failure.getAndSet(null));
    }

    /** Under the lock, as workers leave: each is in the round, or is started for it. */
    private synchronized void beginRound() {
        for (int i = 1; i < count; i++) {
            if (!present[i]) {
                new Worker(i, round).start();
                present[i] = true;
            }
        }
        caller = Thread.currentThread();
        ending = false;
        atBarrier.reset();
        round++;
    }

    /** False if a round has begun meanwhile. */
    private synchronized boolean leave(Worker worker) {
        if (round != worker.seen) {
            return false;
        }
        // Before another worker has this waiter.
        worker.waiter.done();
        present[worker.index] = false;
        return true;
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

    private void attend(int index) {
        try {
            work(index, count);
        } catch (BrokenBarrier broken) {
            // The failure that broke the barrier is already recorded.
        } catch (Throwable thrown) {
            failure.compareAndSet(null, thrown);
        } finally {
            if (!ending) {
                ending = true;
            }
            if (atEnd.arrive(index)) {
                endedRound = round;
                waiters[0].wake();
            } else if (atBarrier.isPartial()) {
                // Somebody waits at a barrier that this worker will not reach.
                wakeAll();
            }
        }
    }

    public void barrier() {
        barrier(currentIndex());
    }

    /** For callers that know which worker they are; the look-up takes as long as the rest of a barrier. */
    public void barrier(int index) {
        Waiter waiter = waiters[index];
        int mine = phase;
        if (atBarrier.arrive(index)) {
            phase = mine + 1;
            wakeAll();
            return;
        }
        int turns = 0;
        while (phase == mine) {
            // A worker that passed this barrier moved the phase before it could finish: the order of reads matters.
            if (ending && phase == mine) {
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

    private void wakeAll() {
        if (sleepers.get() > 0) {
            for (Waiter waiter : waiters) {
                waiter.wake();
            }
        }
    }
}
