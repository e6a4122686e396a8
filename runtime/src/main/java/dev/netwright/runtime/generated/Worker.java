package dev.netwright.runtime.generated;

import dev.netwright.runtime.Threads;

/** One member of a team as generated code sees it: which share of the work is its own, and where the team meets. */
public final class Worker {
    private final int index;
    private final int count;
    private final Threads team;
    private final Worker alone;

    private Worker(int index, int count, Threads team) {
        this.index = index;
        this.count = count;
        this.team = team;
        this.alone = count == 1 ? this : new Worker(0, 1, Threads.of(1));
    }

    /**
     * This worker as a team of its own, for what is too little to share: every share is its own, no barrier waits.
     *
     * @return a worker of a team of one
     */
    public Worker alone() {
        return alone;
    }

    /** All members of a team, by index. */
    static Worker[] of(Threads team) {
        Worker[] workers = new Worker[team.count()];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Worker(i, workers.length, team);
        }
        return workers;
    }

    /**
     * Its place in the team.
     *
     * @return 0 for the calling thread, to {@link #count()} - 1
     */
    public int index() {
        return index;
    }

    /**
     * The size of the team.
     *
     * @return at least 1
     */
    public int count() {
        return count;
    }

    /**
     * Where this worker's share of equal units begins. Shares are contiguous, ordered by worker, and differ by one unit
     * at most.
     *
     * @param units how many there are, 0 or more
     * @return the first unit of the share
     */
    public int begin(int units) {
        return (int) ((long) units * index / count);
    }

    /**
     * Where this worker's share of equal units ends.
     *
     * @param units how many there are, 0 or more
     * @return one past the last unit of the share; equal to {@link #begin} if the share is empty
     */
    public int end(int units) {
        return (int) ((long) units * (index + 1) / count);
    }

    /** Waits until all workers have come here; what they wrote before is then visible to all. */
    public void barrier() {
        team.barrier(index);
    }

    /**
     * The first turn of a chain of steps: where there are samples enough for the team, each worker takes its samples one
     * after the other through all steps; else all samples go through each step together, in a single turn, and every
     * step is divided among the workers.
     *
     * @param samples how many there are
     * @return the first sample of this worker's share, or 0
     */
    public int firstTurn(int samples) {
        return isChained(samples) ? begin(samples) : 0;
    }

    /**
     * Where a chain's turns end.
     *
     * @param samples how many there are
     * @return one past the last turn
     */
    public int endTurn(int samples) {
        return isChained(samples) ? end(samples) : 1;
    }

    /**
     * Where this worker's units of a chain's step begin.
     *
     * @param units units of a sample
     * @param turn the turn
     * @param samples how many there are
     * @return the first unit
     */
    public int from(int units, int turn, int samples) {
        return isChained(samples) ? units * turn : begin(units * samples);
    }

    /**
     * Where this worker's units of a chain's step end.
     *
     * @param units units of a sample
     * @param turn the turn
     * @param samples how many there are
     * @return one past the last unit
     */
    public int to(int units, int turn, int samples) {
        return isChained(samples) ? units * (turn + 1) : end(units * samples);
    }

    /**
     * Stands between two steps of a chain: a barrier, unless the next step needs nothing of other workers.
     *
     * @param samples how many there are
     */
    public void link(int samples) {
        if (!isChained(samples)) {
            barrier();
        }
    }

    /** With four samples for each worker, one more makes a difference of a quarter at most. */
    private boolean isChained(int samples) {
        return count == 1 || samples >= 4 * count || samples == 2 * count;
    }
}
