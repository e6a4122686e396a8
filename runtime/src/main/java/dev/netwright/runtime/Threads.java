package dev.netwright.runtime;

import dev.netwright.runtime.execution.Team;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A fixed team of threads for work in the style "every worker runs the same method once". Workers are daemon threads
 * that wait actively for up to 70 microseconds after their last work and then sleep; with more workers than processors
 * they sleep at once. Nothing needs closing: a thread that sleeps for five seconds ends, and the next task starts another.
 *
 * <p>A team runs one task at a time. Calls from several threads take turns, except on a team of one, which runs every
 * task on its caller at once.
 */
public final class Threads {
    /** Work for a team. */
    @FunctionalInterface
    public interface Task {
        /**
         * Called once for every worker, at the same time.
         *
         * @param worker 0 (the thread that called {@link Threads#run}) to workers - 1
         * @param workers the size of the team
         */
        void run(int worker, int workers);
    }

    /** A team and its task of the moment. */
    private static final class Crew extends Team {
        private Task task;

        Crew(int count, long keepAlive) {
            super(count, keepAlive);
        }

        void run(Task work) {
            task = work;
            try {
                run();
            } finally {
                task = null;
            }
        }

        @Override
        protected void work(int worker, int workers) {
            task.run(worker, workers);
        }
    }

    /** To start a thread again takes some 0.1 ms, which is nothing after a pause of this length. */
    private static final long KEEP_ALIVE = TimeUnit.SECONDS.toNanos(5);

    private static final Threads ONE = new Threads(1, KEEP_ALIVE);

    private final int count;
    private final Crew team;
    private final ReentrantLock turn = new ReentrantLock();

    /**
     * A team.
     *
     * @param keepAlive nanoseconds that a worker sleeps before its thread ends
     */
    Threads(int count, long keepAlive) {
        this.count = count;
        this.team = count == 1 ? null : new Crew(count, keepAlive);
    }

    /**
     * A team of a given size.
     *
     * @param n workers, the calling thread among them; 1 starts no thread
     * @return a new team; for 1 always the same
     * @throws IllegalArgumentException if n is below 1
     */
    public static Threads of(int n) {
        if (n < 1) {
            throw new IllegalArgumentException("A team needs at least 1 thread, but " + n + " were asked for.");
        }
        return n == 1 ? ONE : new Threads(n, KEEP_ALIVE);
    }

    /**
     * A team of as many workers as the machine or its container grants processors.
     *
     * @return a new team, or the team of one
     */
    public static Threads all() {
        return of(Runtime.getRuntime().availableProcessors());
    }

    /**
     * The size of the team.
     *
     * @return workers, the calling thread among them
     */
    public int count() {
        return count;
    }

    /**
     * Runs a task on every worker and returns when all are done. An exception in one worker ends the others at their
     * next barrier and is thrown here; the team works again afterwards.
     *
     * @param task the work; reuse the object to allocate nothing
     * @throws IllegalStateException if called from within a task of the same team of two or more
     */
    public void run(Task task) {
        if (team == null) {
            task.run(0, 1);
            return;
        }
        if (turn.isHeldByCurrentThread() || team.isWorker(Thread.currentThread())) {
            throw new IllegalStateException("Threads.run was called from within a task of the same team, whose workers"
                    + " are all busy. Call the inner work directly, or give it a team of its own.");
        }
        turn.lock();
        try {
            team.run(task);
        } finally {
            turn.unlock();
        }
    }

    /**
     * Waits until every worker of the running task has come here. All workers of a task must call it equally often.
     *
     * @throws IllegalStateException if called outside a task, or if a worker ended without coming
     */
    public void barrier() {
        if (team != null) {
            team.barrier();
        }
    }

    /**
     * As {@link #barrier()}, called by a known worker: to look it up takes as long as the rest of a barrier.
     *
     * @param worker the calling worker
     */
    public void barrier(int worker) {
        if (team != null) {
            team.barrier(worker);
        }
    }

    @Override
    public String toString() {
        return count == 1 ? "1 thread" : count + " threads";
    }
}
